import { BpmnModdle } from 'bpmn-moddle';
import cadre from '../cadre.moddle.json';
import { cardSize, type Size } from '../cardSizes';
import { isHandler, isUndoStep } from '../events';
import { isFlowNodeType, type Bounds, type ModdleObject, type Point } from '../types';
import { arrange, type Arrangement, type Attached, type LayoutNode, type LayoutScope } from './arrange';

interface Moddle {
  fromXML(xml: string): Promise<{ rootElement: ModdleObject }>;
  toXML(root: ModdleObject, options: { format: boolean }): Promise<{ xml: string }>;
  create(type: string, properties: object): ModdleObject;
}

const ORIGIN = { x: 160, y: 120 };

export function hasDiagram(xml: string): boolean {
  return /<(\w+:)?BPMNShape[\s>]/.test(xml);
}

/** Gives a file without diagram interchange one, in our card sizes; any other file is returned as it is. */
export async function withDiagram(xml: string): Promise<string> {
  if (hasDiagram(xml)) return xml;
  const moddle = new BpmnModdle({ cadre }) as unknown as Moddle;
  const { rootElement: definitions } = await moddle.fromXML(xml);
  const roots = (definitions.rootElements as ModdleObject[] | undefined) ?? [];
  const process = roots.find((root) => root.$type === 'bpmn:Process');
  if (!process || roots.some((root) => root.$type === 'bpmn:Collaboration')) return layoutAnything(xml);
  const arrangement = arrange(scopeOf(process));
  drawInto(moddle, definitions, process, arrangement);
  return (await moddle.toXML(definitions, { format: true })).xml;
}

/** Pools and lanes are beyond our own layout. */
async function layoutAnything(xml: string): Promise<string> {
  const { layoutProcess } = await import('bpmn-auto-layout');
  return layoutProcess(xml);
}

function flowElements(container: ModdleObject): ModdleObject[] {
  return (container.flowElements as ModdleObject[] | undefined) ?? [];
}

function artifacts(container: ModdleObject): ModdleObject[] {
  return (container.artifacts as ModdleObject[] | undefined) ?? [];
}

function scopeOf(container: ModdleObject): LayoutScope {
  const elements = flowElements(container);
  const links = artifacts(container).filter((artifact) => artifact.$type === 'bpmn:Association');
  const drawn = elements.filter((e) => isFlowNodeType(e.$type) && e.$type !== 'bpmn:BoundaryEvent' && !links.some((link) => link.targetRef === e && isUndoStep(e)));
  const nodes = drawn.map((e) => nodeOf(e, elements, links));
  const edges = elements
    .filter((e) => e.$type === 'bpmn:SequenceFlow')
    .map((flow) => ({
      id: flow.id ?? '',
      source: (flow.sourceRef as ModdleObject | undefined)?.id ?? '',
      target: (flow.targetRef as ModdleObject | undefined)?.id ?? '',
      ...(flow.name && { label: flow.name }),
    }));
  return { nodes, edges };
}

function nodeOf(element: ModdleObject, siblings: ModdleObject[], links: ModdleObject[]): LayoutNode {
  const size = sizeOf(element);
  const attached = siblings
    .filter((e) => e.$type === 'bpmn:BoundaryEvent' && e.attachedToRef === element)
    .map((event) => ({ id: event.id ?? '', ...(event.name && { label: event.name }), ...sizeOf(event), ...undoOf(event, links) }));
  return {
    id: element.id ?? '',
    kind: kindOf(element.$type),
    ...size,
    ...(element.name && { label: element.name }),
    ...(/SubProcess$|Transaction$/.test(element.$type) && { inner: scopeOf(element) }),
    ...(attached.length > 0 && { attached }),
    ...(isHandler(element) && { apart: true }),
  };
}

function undoOf(event: ModdleObject, links: ModdleObject[]): Pick<Attached, 'undo'> {
  const link = links.find(({ sourceRef, targetRef }) => sourceRef === event && isUndoStep(targetRef as ModdleObject));
  const step = link?.targetRef as ModdleObject | undefined;
  return link && step ? { undo: { id: step.id ?? '', ...sizeOf(step), association: link.id ?? '' } } : {};
}

const sizeOf = (element: ModdleObject): Size => cardSize(element.$type) ?? { width: 200, height: 66 };

function kindOf(type: string): LayoutNode['kind'] {
  if (/Gateway$/.test(type)) return 'gateway';
  return /Event$/.test(type) ? 'event' : 'activity';
}

function drawInto(moddle: Moddle, definitions: ModdleObject, process: ModdleObject, arrangement: Arrangement): void {
  const planeElement: ModdleObject[] = [];
  const draw = (container: ModdleObject): void => {
    for (const element of [...flowElements(container), ...artifacts(container)]) {
      const bounds = arrangement.bounds.get(element.id ?? '');
      const waypoints = arrangement.waypoints.get(element.id ?? '');
      if (bounds) planeElement.push(shapeFor(moddle, element, bounds, arrangement.labels.get(element.id ?? '')));
      if (waypoints) planeElement.push(edgeFor(moddle, element, waypoints, arrangement.labels.get(element.id ?? '')));
      if (element.flowElements) draw(element);
    }
  };
  draw(process);
  const plane = moddle.create('bpmndi:BPMNPlane', { id: 'BPMNPlane_1', bpmnElement: process, planeElement });
  for (const element of planeElement) element.$parent = plane;
  const diagram = moddle.create('bpmndi:BPMNDiagram', { id: 'BPMNDiagram_1', plane });
  plane.$parent = diagram;
  diagram.$parent = definitions;
  definitions.diagrams = [diagram];
}

function shapeFor(moddle: Moddle, element: ModdleObject, bounds: Bounds, label: Point | undefined): ModdleObject {
  const placed = { ...bounds, x: bounds.x + ORIGIN.x, y: bounds.y + ORIGIN.y };
  const shape = moddle.create('bpmndi:BPMNShape', {
    id: `${element.id}_di`,
    bpmnElement: element,
    bounds: moddle.create('dc:Bounds', placed),
    ...(/SubProcess$|Transaction$/.test(element.$type) && { isExpanded: true }),
  });
  if (label && element.name) {
    const wanted = element.name.length * 6.5 + 6;
    const width = Math.min(90, Math.max(20, wanted));
    shape.label = labelFor(moddle, { x: label.x - width / 2, y: label.y, width, height: 14 * Math.ceil(wanted / 90) });
  }
  return shape;
}

function edgeFor(moddle: Moddle, element: ModdleObject, waypoints: Point[], label: Point | undefined): ModdleObject {
  const edge = moddle.create('bpmndi:BPMNEdge', {
    id: `${element.id}_di`,
    bpmnElement: element,
    waypoint: waypoints.map((point) => moddle.create('dc:Point', { x: point.x + ORIGIN.x, y: point.y + ORIGIN.y })),
  });
  if (label && element.name) edge.label = labelFor(moddle, { ...label, width: Math.max(20, element.name.length * 6.5), height: 14 });
  return edge;
}

function labelFor(moddle: Moddle, { x, y, width, height }: Bounds): ModdleObject {
  const bounds = moddle.create('dc:Bounds', { x: Math.round(x + ORIGIN.x), y: Math.round(y + ORIGIN.y), width: Math.round(width), height });
  return moddle.create('bpmndi:BPMNLabel', { bounds });
}
