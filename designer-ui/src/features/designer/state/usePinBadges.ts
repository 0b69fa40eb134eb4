import { useEffect } from 'react';
import type { WorkflowModel } from '../canvas/WorkflowModel';
import { useStepData } from './DesignerContext';
import type { StepData } from './StepData';

const OVERLAY = 'cadre-pin';

/** Marks the steps whose data was pinned by hand. */
export function usePinBadges(model: WorkflowModel, data: StepData, revision: number): void {
  const dataRevision = useStepData(data);
  useEffect(() => {
    const overlays = model.modeler.get('overlays');
    overlays.remove({ type: OVERLAY });
    for (const element of model.elements()) {
      if (!data.isPinned(element.id)) continue;
      const html = document.createElement('div');
      html.className = 'pin-badge';
      html.textContent = 'Pinned';
      html.title = 'Pinned data, used while you design and never in production';
      overlays.add(element, OVERLAY, { position: { bottom: -1, left: 10 }, html });
    }
  }, [model, data, revision, dataRevision]);
}
