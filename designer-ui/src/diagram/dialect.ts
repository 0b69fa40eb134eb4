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
  | 'Budget';

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
  if (isTimer(bo)) return extension(bo, 'Wait');
  return (
    extension(bo, 'Step') ??
    extension(bo, 'Trigger') ??
    extension(bo, 'Agent') ??
    extension(bo, 'Approval') ??
    extension(bo, 'Decision') ??
    extension(bo, 'Call')
  );
}

/** The inputs as the file has them; those of a timer event are the time that it waits. */
export function parseInputs(bo: ModdleObject): ParsedJson {
  if (!isTimer(bo)) return parseJson(textOf(inputsHolder(bo)));
  const duration = textOf(inputsHolder(bo)).trim();
  return { value: duration ? { duration } : {} };
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

/** The step type that a timer event is. */
export const DELAY = 'delay';

/** Whether this is an event that waits for a time within the flow. */
export function isTimer(bo: ModdleObject): boolean {
  return bo.$type === 'bpmn:IntermediateCatchEvent' && definitionsOf(bo).some((definition) => definition.$type === 'bpmn:TimerEventDefinition');
}

/** The id of the step type an element uses: a task's step, a start event's trigger (manual when nothing is said). */
export function stepTypeId(bo: ModdleObject): string | undefined {
  if (bo.$type === 'bpmn:UserTask') return APPROVAL;
  if (bo.$type === 'bpmn:BusinessRuleTask') return DECISION;
  if (isTimer(bo)) return DELAY;
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

export function hasErrorDefinition(bo: ModdleObject): boolean {
  return definitionsOf(bo).some((definition) => definition.$type === 'bpmn:ErrorEventDefinition');
}

const definitionsOf = (bo: ModdleObject): ModdleObject[] => (bo.eventDefinitions as ModdleObject[] | undefined) ?? [];
