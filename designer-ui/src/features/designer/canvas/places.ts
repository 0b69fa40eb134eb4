import { eventOf, isHandler, isUndoStep, type DiagramElement, type EventKind } from '../../../diagram';
import { AGENT } from '../../../diagram/dialect';
import { isFlowNode } from '../../../diagram/types';

const LEADS_ON = /(Task|StartEvent|Intermediate(Catch|Throw)Event|Gateway|SubProcess|CallActivity|BoundaryEvent)$/;

/** Whether a next step may follow: not behind an end, nor behind what stands outside of the flow. */
export function leadsOn(element: DiagramElement): boolean {
  const bo = element.businessObject;
  if (!isFlowNode(element) || !LEADS_ON.test(element.type) || isHandler(bo) || isUndoStep(bo)) return false;
  return !(element.type === 'bpmn:BoundaryEvent' && eventOf(bo)?.kind === 'compensation');
}

/** Whether events can hang on it: "if it takes too long", "undo with". */
export function takesEvents(element: DiagramElement | undefined): element is DiagramElement {
  if (!element || !isFlowNode(element)) return false;
  const bo = element.businessObject;
  return /(Task|SubProcess|CallActivity)$/.test(element.type) && !isHandler(bo) && !isUndoStep(bo);
}

/** Whether the engine lets an event of this kind hang on it once more. */
export function takesEvent(element: DiagramElement, kind: EventKind): boolean {
  return takesEvents(element) && !(kind === 'compensation' && attachedOf(element, kind).length > 0);
}

/** The events of a kind that hang on an element. */
export const attachedOf = (element: DiagramElement, kind: EventKind): DiagramElement[] => (element.attachers ?? []).filter((event) => eventOf(event.businessObject)?.kind === kind);

/** Whether this gateway waits for events, so that only events may follow. */
export const waitsForEvents = (element: DiagramElement | undefined): boolean => element?.type === 'bpmn:EventBasedGateway';

/** Whether this is drawn inside an agent as one of its tools: an activity that no arrow leads to. */
export function isTool(element: DiagramElement): boolean {
  const bo = element.businessObject;
  const arrows = (element.incoming ?? []).filter((flow) => flow.type === 'bpmn:SequenceFlow');
  return element.parent?.type === AGENT && /(Task|SubProcess|CallActivity)$/.test(element.type) && arrows.length === 0 && !isHandler(bo) && !isUndoStep(bo);
}

/** The tools of an agent, in the order in which they stand. */
export const toolsOf = (agent: DiagramElement): DiagramElement[] => agent.children.filter((child) => !child.labelTarget && isTool(child)).sort((a, b) => a.y - b.y || a.x - b.x);

/** The element of an agent's scope that an element is, or is in. */
export function partOfAgent(element: DiagramElement): DiagramElement | undefined {
  for (let at: DiagramElement | undefined = element; at?.parent; at = at.parent) if (at.parent.type === AGENT) return at;
  return undefined;
}

/** The step that undoes the activity which a compensation event hangs on. */
export const undoStepOf = (event: DiagramElement): DiagramElement | undefined => event.outgoing.find(({ target }) => target && isUndoStep(target.businessObject))?.target;
