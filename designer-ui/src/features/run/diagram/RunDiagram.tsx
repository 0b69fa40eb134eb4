import '../../../diagram/diagram.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef, useState } from 'react';
import { cadreModdle, cardRendererModule, fitDiagram, showRun, withDiagram, type DiagramElement, type DiagramViewer, type RunState, type StepCatalogue } from '../../../diagram';
import { t } from '../../../i18n';

interface RunDiagramProps {
  bpmnXml: string;
  catalogue: StepCatalogue;
  state: RunState;
  onSelect: (elementId: string | null) => void;
}

/** The workflow of a run as its diagram, with what happened drawn on it. */
export function RunDiagram({ bpmnXml, catalogue, state, onSelect }: RunDiagramProps) {
  const container = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<DiagramViewer>();
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });
  useEffect(() => {
    if (!container.current) return;
    const created = new NavigatedViewer({
      container: container.current,
      additionalModules: [cardRendererModule(catalogue)],
      bpmnRenderer: { defaultFillColor: 'var(--cadre-card)', defaultStrokeColor: 'var(--cadre-flow)', defaultLabelColor: 'var(--cadre-ink)' },
      moddleExtensions: { cadre: cadreModdle },
    } as never);
    const shown = created as unknown as DiagramViewer;
    let gone = false;
    void withDiagram(bpmnXml)
      .then((xml) => (gone ? undefined : created.importXML(xml)))
      .then(() => {
        if (gone) return;
        fitDiagram(shown);
        shown.get('eventBus').on('element.click', ({ element }: { element: DiagramElement }) => select.current(element.parent && element.type !== 'bpmn:SequenceFlow' ? (element.labelTarget?.id ?? element.id) : null));
        setViewer(shown);
      });
    return () => {
      gone = true;
      setViewer(undefined);
      created.destroy();
    };
  }, [bpmnXml, catalogue]);
  useEffect(() => {
    if (viewer) showRun(viewer, catalogue, state);
  }, [viewer, catalogue, state]);
  return <div ref={container} role="region" aria-label={t('Diagram of the run')} style={{ height: '100%', width: '100%', background: 'var(--cadre-bg)' }} />;
}
