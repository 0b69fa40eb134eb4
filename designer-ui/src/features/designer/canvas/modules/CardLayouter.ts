import BpmnLayouter from 'bpmn-js/lib/features/modeling/BpmnLayouter';
import type { DiagramElement } from '../../../../diagram';

interface Hints {
  source?: DiagramElement;
  target?: DiagramElement;
}

/** Leaves gateways sideways, so that the label below them stays free. */
export class CardLayouter extends BpmnLayouter {
  override layoutConnection(connection: never, hints?: never): never {
    const flow = connection as DiagramElement;
    const { source = flow.source, target = flow.target } = (hints ?? {}) as Hints;
    const forward =
      flow.type === 'bpmn:SequenceFlow' &&
      source !== undefined &&
      target !== undefined &&
      target.x > source.x + source.width &&
      source.type !== 'bpmn:BoundaryEvent';
    const layout = forward ? { preferredLayouts: ['h:h'], ...(hints as object | undefined) } : hints;
    return super.layoutConnection(connection, layout as never) as never;
  }
}
