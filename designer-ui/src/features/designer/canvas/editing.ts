import type { DiagramElement, ModdleObject } from '../../../diagram';
import { eachOf, eachSettings, extension, isErrorBranch, type ExtensionName } from '../../../diagram/dialect';
import { service, type Modeler } from './services';

type Properties = Record<string, unknown>;

/** Gives a new object, not on the canvas yet, one extension element. */
export function withExtension(modeler: Modeler, holder: ModdleObject, type: string, properties: Properties): ModdleObject {
  const factory = service(modeler, 'bpmnFactory');
  const created = factory.create(type, properties);
  const elements = holder.extensionElements ?? factory.create('bpmn:ExtensionElements', { values: [] });
  elements.$parent = holder;
  created.$parent = elements;
  elements.values = [...(elements.values ?? []), created];
  holder.extensionElements = elements;
  return created;
}

/** Writes one extension element; `undefined` takes it away. Everything else in the extensions stays. */
export function setExtension(
  modeler: Modeler,
  element: DiagramElement,
  name: ExtensionName,
  properties: Properties | undefined,
  holder: ModdleObject = element.businessObject,
): void {
  const modeling = service(modeler, 'modeling');
  const factory = service(modeler, 'bpmnFactory');
  const present = extension(holder, name);
  const extensions = holder.extensionElements;
  if (present && properties) {
    modeling.updateModdleProperties(element, present, properties);
    return;
  }
  if (present && extensions) {
    const values = (extensions.values ?? []).filter((value) => value !== present);
    if (values.length > 0) modeling.updateModdleProperties(element, extensions, { values });
    else modeling.updateModdleProperties(element, holder, { extensionElements: undefined });
    return;
  }
  if (!properties) return;
  const created = factory.create(`cadre:${name}`, properties);
  if (extensions) {
    created.$parent = extensions;
    modeling.updateModdleProperties(element, extensions, { values: [...(extensions.values ?? []), created] });
    return;
  }
  const elements = factory.create('bpmn:ExtensionElements', { values: [created] });
  created.$parent = elements;
  elements.$parent = holder;
  modeling.updateModdleProperties(element, holder, { extensionElements: elements });
}

/** Where an element that says nothing yet keeps its inputs, if not in a step. */
const NEW_HOLDERS: Record<string, ExtensionName> = { 'bpmn:StartEvent': 'Trigger', 'bpmn:UserTask': 'Approval', 'bpmn:BusinessRuleTask': 'Decision', 'bpmn:AdHocSubProcess': 'Agent' };

export function setInputs(modeler: Modeler, element: DiagramElement, inputs: Properties): void {
  const bo = element.businessObject;
  const holder = (['Step', 'Trigger', 'Agent', 'Approval', 'Decision', 'Call'] as const).find((name) => extension(bo, name));
  const name = holder ?? NEW_HOLDERS[bo.$type] ?? 'Step';
  const kept = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && value !== ''));
  setExtension(modeler, element, name, { text: JSON.stringify(kept) });
}

export function setTrigger(modeler: Modeler, element: DiagramElement, use: string, inputs: Properties): void {
  setExtension(modeler, element, 'Trigger', { use, text: JSON.stringify(inputs) });
}

export function setStepType(modeler: Modeler, element: DiagramElement, use: string, inputs: Properties): void {
  setExtension(modeler, element, 'Step', { use, text: JSON.stringify(inputs), connection: undefined });
}

export function setConnection(modeler: Modeler, element: DiagramElement, connection: string | undefined): void {
  setExtension(modeler, element, element.type === 'bpmn:StartEvent' ? 'Trigger' : 'Step', { connection });
}

/** A text element as `<cadre:timeout>`; an empty text takes it away. */
export function setText(modeler: Modeler, element: DiagramElement, name: ExtensionName, text: string): void {
  setExtension(modeler, element, name, text.trim() ? { text } : undefined);
}

export interface RetrySettings {
  attempts: string;
  backoff: string;
  multiplier: string;
  maxBackoff: string;
}

export function setRetry(modeler: Modeler, element: DiagramElement, retry: Partial<RetrySettings>): void {
  const known = extension(element.businessObject, 'Retry');
  const merged = { attempts: known?.attempts, backoff: known?.backoff, multiplier: known?.multiplier, maxBackoff: known?.maxBackoff, ...retry };
  const entries = Object.entries(merged).map(([name, value]) => [name, value === '' ? undefined : value]);
  const empty = entries.every(([, value]) => value === undefined);
  setExtension(modeler, element, 'Retry', empty ? undefined : (Object.fromEntries(entries) as Properties));
}

export type OnErrorChoice = 'fail' | 'default' | 'branch';

export function setOnError(modeler: Modeler, element: DiagramElement, choice: OnErrorChoice): void {
  setText(modeler, element, 'OnError', choice === 'fail' ? '' : choice);
  if (choice !== 'default') setExtension(modeler, element, 'Default', undefined);
  if (choice !== 'branch') {
    const branches = (element.attachers ?? []).filter((event) => isErrorBranch(event.businessObject));
    if (branches.length > 0) service(modeler, 'modeling').removeElements(branches);
  }
}

export interface EachSettings {
  in: string;
  as: string;
  sequential: boolean;
  /** How many items at once, as text; empty for the hub's own number. */
  parallelism: string;
  /** Whether a failed item leaves the others going. */
  goOn: boolean;
}

/** For-each on a step or group; `undefined` takes it away. */
export function setEach(modeler: Modeler, element: DiagramElement, each: EachSettings | undefined): void {
  const modeling = service(modeler, 'modeling');
  if (!each) {
    modeling.updateProperties(element, { loopCharacteristics: undefined });
    return;
  }
  const present = eachOf(element.businessObject);
  const settings = { in: each.in, as: each.as, parallelism: each.sequential || !each.parallelism ? undefined : each.parallelism, onItemError: each.goOn ? 'continue' : undefined };
  if (present) {
    if (Boolean(present.isSequential) !== each.sequential) {
      modeling.updateModdleProperties(element, present, { isSequential: each.sequential });
    }
    setExtension(modeler, element, 'Each', settings, extension(element.businessObject, 'Each') ? element.businessObject : present);
    return;
  }
  const loop = service(modeler, 'bpmnFactory').create('bpmn:MultiInstanceLoopCharacteristics', { isSequential: each.sequential });
  loop.$parent = element.businessObject;
  withExtension(modeler, loop, 'cadre:Each', settings);
  modeling.updateProperties(element, { loopCharacteristics: loop });
}

export function setCondition(modeler: Modeler, flow: DiagramElement, condition: string): void {
  const present = flow.businessObject.conditionExpression as ModdleObject | undefined;
  const modeling = service(modeler, 'modeling');
  if (condition.trim() && present) {
    modeling.updateModdleProperties(flow, present, { body: condition });
    return;
  }
  const created = condition.trim() ? service(modeler, 'bpmnFactory').create('bpmn:FormalExpression', { body: condition }) : undefined;
  modeling.updateProperties(flow, { conditionExpression: created });
}

/** The branch that is taken when no condition holds; it has no condition of its own. */
export function setDefaultFlow(modeler: Modeler, flow: DiagramElement, isDefault: boolean): void {
  if (!flow.source) return;
  if (isDefault) setCondition(modeler, flow, '');
  service(modeler, 'modeling').updateProperties(flow.source, { default: isDefault ? flow.businessObject : undefined });
}

/** Renames a step in the data and wherever an expression speaks of it. */
export function renameReference(modeler: Modeler, element: DiagramElement, newId: string): void {
  const oldId = element.id;
  const modeling = service(modeler, 'modeling');
  const mention = new RegExp(`\\b(steps|run\\.resume)\\.${oldId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`, 'g');
  modeling.updateProperties(element, { id: newId });
  modeler.get('elementRegistry').forEach((other) => {
    if (other.labelTarget) return;
    for (const text of textsOf(other.businessObject)) {
      const value = text.moddle[text.property];
      if (typeof value === 'string' && mention.test(value)) {
        modeling.updateModdleProperties(other, text.moddle, { [text.property]: value.replace(mention, `$1.${newId}`) });
      }
      mention.lastIndex = 0;
    }
  });
}

function textsOf(bo: ModdleObject): { moddle: ModdleObject; property: string }[] {
  const each = eachSettings(bo);
  const condition = bo.conditionExpression as ModdleObject | undefined;
  const message = extension(bo, 'Message');
  return [
    ...(bo.extensionElements?.values ?? []).filter((value) => value.$type.startsWith('cadre:')).map((moddle) => ({ moddle, property: 'text' })),
    ...(message ? [{ moddle: message, property: 'key' }] : []),
    ...(each ? [{ moddle: each, property: 'in' }] : []),
    ...(condition ? [{ moddle: condition, property: 'body' }] : []),
  ];
}
