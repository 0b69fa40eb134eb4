import { eventOf, eventStepType, referenceOf } from './events';
import type { ModdleObject } from './types';

/** The extension elements of the workflow file that hold settings. */
export type ExtensionName =
  | 'Trigger'
  | 'Step'
  | 'Agent'
  | 'Approval'
  | 'Decision'
  | 'Table'
  | 'Call'
  | 'Output'
  | 'Each'
  | 'Retry'
  | 'Timeout'
  | 'OnError'
  | 'Default'
  | 'Delivery'
  | 'Wait'
  | 'Message'
  | 'Webhook'
  | 'Signal'
  | 'Budget'
  | 'Limits'
  | 'Priority';

export type JsonObject = Record<string, unknown>;

export function extension(bo: ModdleObject | undefined, name: ExtensionName): ModdleObject | undefined {
  return bo?.extensionElements?.values?.find((value) => value.$type === `cadre:${name}`);
}

export function textOf(moddle: ModdleObject | undefined): string {
  return typeof moddle?.text === 'string' ? moddle.text : '';
}

export function attributeOf(moddle: ModdleObject | undefined, name: string): string {
  const value = moddle?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** JSON text of the file, parsed; `error` where it is not JSON. */
export interface ParsedJson {
  value: unknown;
  error?: string;
}

export function parseJson(text: string): ParsedJson {
  if (!text.trim()) return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { value: undefined, error: error instanceof Error ? error.message : 'not JSON' };
  }
}

/** The extension that holds an element's inputs, if it has one. */
export function inputsHolder(bo: ModdleObject): ModdleObject | undefined {
  const kind = eventOf(bo)?.kind;
  if (kind === 'timer') return extension(bo, 'Wait');
  if (kind === 'message' || bo.$type === RECEIVE) return extension(bo, 'Message');
  if (kind === 'signal') return extension(bo, 'Signal');
  return (
    extension(bo, 'Step') ??
    extension(bo, 'Trigger') ??
    extension(bo, 'Agent') ??
    extension(bo, 'Approval') ??
    extension(bo, 'Decision') ??
    extension(bo, 'Call')
  );
}

/** The inputs as the file has them; those of events and calls are put together from what they say. */
export function parseInputs(bo: ModdleObject): ParsedJson {
  const holder = inputsHolder(bo);
  const parsed = eventStepInputs(bo, holder);
  return parsed ?? parseJson(textOf(holder));
}

function eventStepInputs(bo: ModdleObject, holder: ModdleObject | undefined): ParsedJson | undefined {
  const event = eventOf(bo);
  if (event?.kind === 'timer') {
    const duration = textOf(holder).trim();
    return { value: duration ? { duration } : {} };
  }
  if (bo.$type === 'bpmn:CallActivity') {
    const { value, error } = parseJson(textOf(holder));
    return { value: filled({ workflow: attributeOf(holder, 'workflow'), version: attributeOf(holder, 'version'), input: value }), ...(error && { error }) };
  }
  const kind = event?.kind ?? (bo.$type === RECEIVE ? 'message' : undefined);
  if (kind !== 'message' && kind !== 'signal') return undefined;
  const { value, error } = parseJson(textOf(holder));
  const name = referenceOf(event?.definition ?? bo, kind);
  return { value: filled({ name, key: attributeOf(holder, 'key'), patience: attributeOf(holder, 'patience'), body: value }), ...(error && { error }) };
}

function filled(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}

export function readInputs(bo: ModdleObject): JsonObject {
  const { value } = parseInputs(bo);
  return isJsonObject(value) ? value : {};
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The step type that a user task is, whatever it says. */
export const APPROVAL = 'approval';

/** The step type that a business rule task is. */
export const DECISION = 'decision-table';

/** The element that is an agent with the tools that are drawn inside it. */
export const AGENT = 'bpmn:AdHocSubProcess';

/** The step type that a call activity is. */
export const CALL = 'call';

const RECEIVE = 'bpmn:ReceiveTask';

/** The id of the step type an element uses: a task's step, an event's or a call's own, a start event's trigger (manual when nothing is said). */
export function stepTypeId(bo: ModdleObject): string | undefined {
  if (bo.$type === 'bpmn:UserTask') return APPROVAL;
  if (bo.$type === 'bpmn:BusinessRuleTask') return DECISION;
  if (bo.$type === 'bpmn:CallActivity') return CALL;
  if (bo.$type === RECEIVE) return 'message';
  if (bo.$type === AGENT) return attributeOf(extension(bo, 'Agent'), 'use') || 'agent';
  const event = eventOf(bo);
  if (event) return eventStepType(event);
  const step = attributeOf(extension(bo, 'Step'), 'use');
  if (step) return step;
  const trigger = extension(bo, 'Trigger');
  if (trigger) return attributeOf(trigger, 'use') || 'manual';
  return undefined;
}

/** Whether this start event starts the workflow, and not a group within it. */
export function isTrigger(bo: ModdleObject): boolean {
  return bo.$type === 'bpmn:StartEvent' && bo.$parent?.$type === 'bpmn:Process';
}

/** The for-each settings on a step or group. */
export function eachOf(bo: ModdleObject): ModdleObject | undefined {
  const loop = bo.loopCharacteristics as ModdleObject | undefined;
  return loop?.$type === 'bpmn:MultiInstanceLoopCharacteristics' ? loop : undefined;
}

/** What a for-each goes through: said on the loop, or on the step or group itself. */
export function eachSettings(bo: ModdleObject): ModdleObject | undefined {
  return extension(eachOf(bo), 'Each') ?? extension(bo, 'Each');
}

/** The text of a sequence flow's condition, with its braces. */
export function conditionOf(bo: ModdleObject): string {
  const condition = bo.conditionExpression as ModdleObject | undefined;
  return typeof condition?.body === 'string' ? condition.body : '';
}

/** Whether a failure takes this way out. */
export const isErrorBranch = (bo: ModdleObject): boolean => bo.$type === 'bpmn:BoundaryEvent' && eventOf(bo)?.kind === 'error';
