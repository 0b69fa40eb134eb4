import { cardSize, type DiagramElement, type EventKind, type JsonSchema, type ModdleObject, type StepType } from '../../../diagram';
import { APPROVAL, DECISION, extension, stepTypeId } from '../../../diagram/dialect';
import { definitionType } from '../../../diagram/events';
import { isFlowNode } from '../../../diagram/types';
import { batch } from './batch';
import { setOnError, setTrigger, withExtension } from './editing';
import { idFrom, uniqueId } from './elementIds';
import type { Made, StepEntry } from './entries';
import { fillDecision } from '../decision/editing';
import { fillWhenCreated } from './modules/GroupContents';
import { attachedOf, takesEvent, undoStepOf, waitsForEvents } from './places';
import { service, type Modeler } from './services';
import { collides, tidyUp } from './tidy';

const GAP = 70;

/** What a new step starts with: the defaults of its schema. */
export function defaultInputs(schema: JsonSchema): Record<string, unknown> {
  const defaults = Object.entries(schema.properties ?? {}).filter(([, property]) => property.default !== undefined);
  return Object.fromEntries(defaults.map(([name, property]) => [name, property.default]));
}

/** A shape that is not on the canvas yet; undefined for entries that need an element to sit on. */
export function createShape(modeler: Modeler, entry: StepEntry): DiagramElement | undefined {
  const { made } = entry;
  const ids = service(modeler, 'moddle').ids;
  const factory = service(modeler, 'bpmnFactory');
  const attrs: Record<string, unknown> = {};
  let businessObject: ModdleObject;
  switch (made.kind) {
    case 'attach':
      return undefined;
    case 'trigger':
    case 'step': {
      const trigger = made.kind === 'trigger';
      const asks = made.type.id === APPROVAL;
      const decides = made.type.id === DECISION;
      const type = trigger ? 'bpmn:StartEvent' : asks ? 'bpmn:UserTask' : decides ? 'bpmn:BusinessRuleTask' : 'bpmn:ServiceTask';
      const text = JSON.stringify(defaultInputs(made.type.inputSchema));
      businessObject = factory.create(type, { id: uniqueId(ids, idFrom(made.type.id)), name: made.type.title });
      if (asks) withExtension(modeler, businessObject, 'cadre:Approval', { text });
      else if (decides) fillDecision(modeler, businessObject);
      else withExtension(modeler, businessObject, trigger ? 'cadre:Trigger' : 'cadre:Step', { use: made.type.id, text });
      break;
    }
    case 'bpmn':
      businessObject = createBpmn(modeler, made, entry);
      if (made.type.endsWith('SubProcess')) attrs.isExpanded = true;
      if (made.type === 'bpmn:SubProcess') {
        if (made.handler) attrs.triggeredByEvent = true;
        fillWhenCreated(businessObject);
      }
      if (made.event) attrs.eventDefinitionType = made.event;
  }
  return service(modeler, 'elementFactory').createShape({ type: businessObject.$type, businessObject, ...attrs });
}

function createBpmn(modeler: Modeler, made: Extract<Made, { kind: 'bpmn' }>, entry: StepEntry): ModdleObject {
  const factory = service(modeler, 'bpmnFactory');
  const named = (made.type.endsWith('SubProcess') && !made.handler) || (made.event !== undefined && made.type !== 'bpmn:EndEvent');
  const businessObject = factory.create(made.type, {
    id: uniqueId(service(modeler, 'moddle').ids, idFrom(made.agent?.id ?? entry.id)),
    ...(named && { name: entry.title }),
  });
  if (made.agent) withExtension(modeler, businessObject, 'cadre:Agent', { use: made.agent.id, text: JSON.stringify(defaultInputs(made.agent.inputSchema)) });
  if (made.each) {
    const loop = factory.create('bpmn:MultiInstanceLoopCharacteristics', {});
    loop.$parent = businessObject;
    businessObject.loopCharacteristics = loop;
    withExtension(modeler, loop, 'cadre:Each', { in: '', as: 'item' });
  }
  return businessObject;
}

/** Adds a step behind another one; where an arrow leaves that one already, into the arrow. */
export function append(modeler: Modeler, source: DiagramElement, entry: StepEntry): DiagramElement | undefined {
  if (entry.made.kind === 'attach') return attach(modeler, source, entry.made.event);
  if (entry.made.kind === 'bpmn' && entry.made.handler) return addHandler(modeler, source, entry);
  const [only, second] = source.outgoing.filter((flow) => flow.type === 'bpmn:SequenceFlow');
  const isEnd = entry.made.kind === 'bpmn' && entry.made.type === 'bpmn:EndEvent';
  if (only && !second && !isEnd && !source.type.endsWith('Gateway')) return insert(modeler, only, entry);
  const shape = createShape(modeler, entry);
  if (!shape) return undefined;
  batch(modeler, () => {
    service(modeler, 'autoPlace').append(source, shape);
    if (waitsForEvents(shape)) addAwaited(modeler, shape);
    settle(modeler, shape);
  });
  return shape;
}

/** Adds a step within an arrow and makes room for it. */
export function insert(modeler: Modeler, flow: DiagramElement, entry: StepEntry): DiagramElement | undefined {
  const { source, target } = flow;
  if (source && entry.made.kind === 'bpmn' && entry.made.handler) return addHandler(modeler, source, entry);
  const shape = createShape(modeler, entry);
  if (!source || !target || !flow.parent || !shape) return undefined;
  const parent = flow.parent;
  const modeling = service(modeler, 'modeling');
  batch(modeler, () => {
    const missing = shape.width + GAP * 2 - (target.x - source.x - source.width);
    if (missing > 0) modeling.moveElements(behind(target, source), { x: missing, y: 0 }, undefined, { autoResize: false });
    const straight = (flow.waypoints?.length ?? 0) <= 2;
    const line = straight ? source : target;
    const centre = { x: source.x + source.width + GAP + shape.width / 2, y: line.y + line.height / 2 };
    const created = modeling.createShape(shape, centre, parent, { autoResize: false });
    modeling.reconnectEnd(flow, created, { x: created.x, y: created.y + created.height / 2 });
    if (waitsForEvents(created)) {
      for (const event of addAwaited(modeler, created)) modeling.connect(event, target);
      tidyUp(modeler);
      return;
    }
    const next = modeling.connect(created, target);
    modeling.layoutConnection(next);
    modeling.layoutConnection(flow);
    if (/(Exclusive|Inclusive)Gateway$/.test(created.type)) modeling.updateProperties(created, { default: next.businessObject });
    settle(modeler, created);
  });
  return shape;
}

/** Everything that comes after an element and lies right of it: loops lead back, and stay. */
function behind(first: DiagramElement, source: DiagramElement): DiagramElement[] {
  const found = new Set<DiagramElement>();
  const visit = (element: DiagramElement | undefined): void => {
    if (!element || found.has(element) || element === source || element.x < first.x) return;
    found.add(element);
    for (const flow of element.outgoing) visit(flow.target);
    for (const event of element.attachers ?? []) for (const flow of event.outgoing) visit(flow.target);
  };
  visit(first);
  const labels = [...found].flatMap((element) => element.labels ?? []);
  return [...found, ...labels];
}

function settle(modeler: Modeler, shape: DiagramElement): void {
  const nested = shape.parent !== modeler.get('canvas').getRootElement();
  if (nested || shape.type.endsWith('SubProcess') || collides(modeler, shape)) tidyUp(modeler);
}

/** What a gateway that waits starts with: a message, and a time after which it waits no longer. */
function addAwaited(modeler: Modeler, gateway: DiagramElement): DiagramElement[] {
  return (['message', 'timer'] as const).map((kind) => {
    const businessObject = service(modeler, 'bpmnFactory').create('bpmn:IntermediateCatchEvent', {
      id: uniqueId(service(modeler, 'moddle').ids, kind === 'message' ? 'message' : 'timeIsUp'),
      name: kind === 'message' ? 'Message' : 'Time is up',
    });
    const event = service(modeler, 'elementFactory').createShape({ type: businessObject.$type, businessObject, eventDefinitionType: definitionType(kind) });
    return service(modeler, 'autoPlace').append(gateway, event);
  });
}

/** What is drawn in a scope beside its flows, which are among its children and have no place of their own. */
const shapesIn = (scope: DiagramElement): DiagramElement[] => scope.children.filter((child) => !child.waypoints);

/** Where the lowest shape of a scope ends. */
export const bottomOf = (scope: DiagramElement): number => Math.max(...shapesIn(scope).map((shape) => shape.y + shape.height));

/** Adds what runs whenever something happens, below everything in the scope of an element. */
function addHandler(modeler: Modeler, beside: DiagramElement, entry: StepEntry): DiagramElement | undefined {
  const shape = createShape(modeler, entry);
  const scope = beside.parent;
  if (!shape || !scope) return undefined;
  const x = Math.min(...shapesIn(scope).map((other) => other.x));
  const y = bottomOf(scope) + GAP;
  batch(modeler, () => {
    service(modeler, 'modeling').createShape(shape, { x: x + shape.width / 2, y: y + shape.height / 2 }, scope, { autoResize: false });
    tidyUp(modeler);
  });
  return shape;
}

/** Adds a tool below the others of an agent. */
export function addTool(modeler: Modeler, agent: DiagramElement, entry: StepEntry): DiagramElement | undefined {
  const shape = createShape(modeler, entry);
  if (!shape) return undefined;
  const bottom = Math.max(agent.y + 60, bottomOf(agent));
  const centre = { x: agent.x + 40 + shape.width / 2, y: bottom + 30 + shape.height / 2 };
  batch(modeler, () => {
    service(modeler, 'modeling').createShape(shape, centre, agent, { autoResize: false });
    tidyUp(modeler);
  });
  return shape;
}

const ATTACHED_IDS: Partial<Record<EventKind, string>> = { error: 'Failed', timer: 'TooLong', message: 'Message', signal: 'Signal', escalation: 'Attention', compensation: 'Undo' };

/** Hangs an event on a step: another way out of it, or what undoes it. */
export function attach(modeler: Modeler, host: DiagramElement, kind: EventKind, undo?: StepEntry): DiagramElement | undefined {
  if (kind === 'error') return addErrorBranch(modeler, host);
  const [undone] = kind === 'compensation' ? attachedOf(host, kind) : [];
  if (!host.parent || !(undone || takesEvent(host, kind))) return undefined;
  let added: DiagramElement | undefined;
  batch(modeler, () => {
    const event = undone ?? hang(modeler, host, kind);
    added = kind === 'compensation' ? addUndoStep(modeler, host, event, undo) : event;
    if (kind === 'compensation') tidyUp(modeler);
  });
  return added;
}

/** Attaches an error event to a step, unless it has one, and lets failures go there. */
export function addErrorBranch(modeler: Modeler, host: DiagramElement): DiagramElement | undefined {
  const [present] = attachedOf(host, 'error');
  if (present) return present;
  if (!host.parent || !takesEvent(host, 'error')) return undefined;
  let added: DiagramElement | undefined;
  batch(modeler, () => {
    added = hang(modeler, host, 'error', 'On error');
    if (host.type !== 'bpmn:SubProcess') setOnError(modeler, host, 'branch');
  });
  return added;
}

function hang(modeler: Modeler, host: DiagramElement, kind: EventKind, name?: string): DiagramElement {
  const businessObject = service(modeler, 'bpmnFactory').create('bpmn:BoundaryEvent', {
    id: uniqueId(service(modeler, 'moddle').ids, `${host.id}${ATTACHED_IDS[kind] ?? ''}`),
    ...(name && { name }),
  });
  const shape = service(modeler, 'elementFactory').createShape({ type: 'bpmn:BoundaryEvent', businessObject, eventDefinitionType: definitionType(kind) });
  const position = { x: freePlace(host, shape.width), y: host.y + host.height };
  return service(modeler, 'modeling').createShape(shape, position, host, { attach: true });
}

/** The next free place along the lower edge, from the right. */
function freePlace(host: DiagramElement, width: number): number {
  const taken = (host.attachers ?? []).map((event) => event.x + event.width / 2);
  for (let x = host.x + host.width - 34; x > host.x + width / 2; x -= width + 12) {
    if (taken.every((other) => Math.abs(other - x) >= width)) return x;
  }
  return host.x + host.width - 34;
}

/** The step that undoes another one, below it; it says nothing yet unless it was chosen already. */
function addUndoStep(modeler: Modeler, host: DiagramElement, event: DiagramElement, chosen: StepEntry | undefined): DiagramElement | undefined {
  const present = undoStepOf(event);
  if (present) return present;
  const shape = (chosen && createShape(modeler, chosen)) ?? emptyStep(modeler, `${host.id}Undone`);
  const modeling = service(modeler, 'modeling');
  shape.businessObject.name = chosen ? `Undo: ${host.businessObject.name ?? host.id}` : undefined;
  const centre = { x: event.x + event.width / 2, y: host.y + host.height + GAP + shape.height / 2 };
  const created = modeling.createShape(shape, centre, host.parent as DiagramElement, { autoResize: false });
  modeling.updateProperties(created, { isForCompensation: true });
  modeling.connect(event, created, { type: 'bpmn:Association', associationDirection: 'One' });
  return created;
}

function emptyStep(modeler: Modeler, id: string): DiagramElement {
  const businessObject = service(modeler, 'bpmnFactory').create('bpmn:ServiceTask', { id: uniqueId(service(modeler, 'moddle').ids, id) });
  return service(modeler, 'elementFactory').createShape({ type: 'bpmn:ServiceTask', businessObject });
}

/** What the server calls the start of a workflow that nobody has drawn yet. */
const NEW_START = 'Start';

/** Whether nobody has chosen yet what this start event starts by. */
export function isUndecided(start: DiagramElement): boolean {
  const bo = start.businessObject;
  return !extension(bo, 'Trigger') || (stepTypeId(bo) === 'manual' && bo.name === NEW_START);
}

/** Makes the workflow start by a trigger: on the start event that is there, or on a new one. */
export function addTrigger(modeler: Modeler, type: StepType, inputs: Record<string, unknown>): DiagramElement {
  const root = modeler.get('canvas').getRootElement();
  const existing = root.children.find((child) => child.type === 'bpmn:StartEvent' && isFlowNode(child));
  let start = existing;
  batch(modeler, () => {
    const entry: StepEntry = { id: type.id, title: type.title, description: '', category: '', icon: '', colour: '', made: { kind: 'trigger', type } };
    const shape = existing ?? createShape(modeler, entry);
    if (!shape) return;
    start = existing ?? service(modeler, 'modeling').createShape(shape, { x: 220, y: 240 }, root);
    setTrigger(modeler, start, type.id, { ...defaultInputs(type.inputSchema), ...inputs });
    const modeling = service(modeler, 'modeling');
    const { name } = start.businessObject;
    if (!name || name === NEW_START) modeling.updateProperties(start, { name: type.title });
    const size = cardSize(start.type);
    if (size && start.width !== size.width) modeling.resizeShape(start, { x: start.x, y: start.y, ...size }, { width: 10, height: 10 }, { autoResize: false });
  });
  return start as DiagramElement;
}

/** Copies one element next to itself. */
export function duplicate(modeler: Modeler, element: DiagramElement): DiagramElement | undefined {
  if (!element.parent || element.host || element.type === 'bpmn:SequenceFlow') return undefined;
  const copyPaste = service(modeler, 'copyPaste');
  let copy: DiagramElement | undefined;
  batch(modeler, () => {
    copyPaste.copy([element]);
    const point = { x: element.x + element.width / 2 + 30, y: element.y + element.height * 1.5 + 40 };
    copy = copyPaste.paste({ element: element.parent as DiagramElement, point })?.[0];
    if (!copy) return;
    const id = uniqueId(service(modeler, 'moddle').ids, element.id.replace(/\d+$/, ''));
    service(modeler, 'modeling').updateProperties(copy, { id });
  });
  return copy;
}
