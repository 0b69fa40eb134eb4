import type { Bounds, DiagramElement, Point } from '../../../diagram';
import { cardSize, isHandler, isUndoStep } from '../../../diagram';
import { arrange, type Arrangement, type Attached, type LayoutNode, type LayoutScope } from '../../../diagram/layout/arrange';
import { isFlowNode } from '../../../diagram/types';
import { batch } from './batch';
import { service, type Modeler } from './services';

const ORIGIN = { x: 160, y: 120 };
const NO_SIDE_EFFECTS = { autoResize: false, layout: false, recurse: false };

/** Arranges everything on the canvas anew, as one undo step. */
export function tidyUp(modeler: Modeler): void {
  const root = modeler.get('canvas').getRootElement();
  const arrangement = arrange(scopeOf(root));
  batch(modeler, () => {
    const elements = modeler.get('elementRegistry').filter(() => true);
    for (const element of elements) moveShape(modeler, element, arrangement);
    for (const element of elements) moveFlow(modeler, element, arrangement);
    for (const element of elements) moveLabels(modeler, element, arrangement);
  });
}

function scopeOf(container: DiagramElement): LayoutScope {
  const nodes = container.children.filter((child) => isFlowNode(child) && !child.host && !isHung(child)).map(nodeOf);
  const edges = container.children
    .filter((child) => child.type === 'bpmn:SequenceFlow')
    .map((flow) => ({
      id: flow.id,
      source: flow.source?.id ?? '',
      target: flow.target?.id ?? '',
      ...(flow.businessObject.name && { label: flow.businessObject.name }),
    }));
  return { nodes, edges };
}

/** Whether this undoes another step, and so hangs below that one. */
const isHung = (element: DiagramElement): boolean => isUndoStep(element.businessObject) && element.incoming.some((link) => link.source?.host);

function sizeOf({ type, width, height }: DiagramElement): { width: number; height: number } {
  return cardSize(type) ?? { width, height };
}

function undoOf(event: DiagramElement): Pick<Attached, 'undo'> {
  const link = event.outgoing.find(({ target }) => target && isUndoStep(target.businessObject));
  return link?.target ? { undo: { id: link.target.id, ...sizeOf(link.target), association: link.id } } : {};
}

function nodeOf(element: DiagramElement): LayoutNode {
  const expanded = /SubProcess$/.test(element.type) && !element.collapsed;
  const { width, height } = sizeOf(element);
  const attached = (element.attachers ?? []).map((event) => ({ id: event.id, ...(event.businessObject.name && { label: event.businessObject.name }), ...sizeOf(event), ...undoOf(event) }));
  return {
    id: element.id,
    kind: element.type.endsWith('Gateway') ? 'gateway' : element.type.endsWith('Event') ? 'event' : 'activity',
    width,
    height,
    ...(element.businessObject.name && { label: element.businessObject.name }),
    ...(expanded && { inner: scopeOf(element) }),
    ...(attached.length > 0 && { attached }),
    ...(isHandler(element.businessObject) && { apart: true }),
  };
}

function moveShape(modeler: Modeler, element: DiagramElement, arrangement: Arrangement): void {
  const placed = arrangement.bounds.get(element.id);
  if (!placed || element.labelTarget) return;
  const modeling = service(modeler, 'modeling');
  const bounds: Bounds = { ...placed, x: placed.x + ORIGIN.x, y: placed.y + ORIGIN.y };
  if (element.width !== bounds.width || element.height !== bounds.height) {
    modeling.resizeShape(element, { x: element.x, y: element.y, width: bounds.width, height: bounds.height }, { width: 10, height: 10 }, NO_SIDE_EFFECTS);
  }
  const delta = { x: bounds.x - element.x, y: bounds.y - element.y };
  if (delta.x || delta.y) modeling.moveShape(element, delta, undefined, NO_SIDE_EFFECTS);
}

function moveFlow(modeler: Modeler, element: DiagramElement, arrangement: Arrangement): void {
  const waypoints = arrangement.waypoints.get(element.id);
  if (waypoints) service(modeler, 'modeling').updateWaypoints(element, waypoints.map(shifted));
}

function moveLabels(modeler: Modeler, element: DiagramElement, arrangement: Arrangement): void {
  const place = arrangement.labels.get(element.id);
  if (!place || element.labelTarget) return;
  for (const label of element.labels ?? []) {
    const { x, y } = shifted(place);
    const left = element.waypoints ? x : x - label.width / 2;
    const delta = { x: Math.round(left - label.x), y: Math.round(y - label.y) };
    if (delta.x || delta.y) service(modeler, 'modeling').moveShape(label, delta);
  }
}

function shifted(point: Point): Point {
  return { x: point.x + ORIGIN.x, y: point.y + ORIGIN.y };
}

/** Whether a shape came to lie on another one: placing beside a step looks at connected neighbours only. */
export function collides(modeler: Modeler, shape: DiagramElement): boolean {
  const others = modeler.get('elementRegistry').filter((e) => e !== shape && !e.waypoints && e.parent === shape.parent && e.parent !== undefined);
  return others.some(
    (other) =>
      (other.labelTarget ?? other) !== shape &&
      other.host !== shape &&
      other.x < shape.x + shape.width + 20 &&
      shape.x < other.x + other.width + 20 &&
      other.y < shape.y + shape.height + 16 &&
      shape.y < other.y + other.height + 16,
  );
}
