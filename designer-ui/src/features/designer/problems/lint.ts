import { eventOf, isHandler, isUndoStep, type DiagramElement, type JsonSchema, type StepCatalogue, type StepType } from '../../../diagram';
import {
  attributeOf,
  conditionOf,
  eachOf,
  eachSettings,
  extension,
  inputsHolder,
  isTrigger,
  parseInputs,
  parseJson,
  readInputs,
  stepTypeId,
  textOf,
  type JsonObject,
} from '../../../diagram/dialect';
import { isFlowNode } from '../../../diagram/types';
import { documentationOf } from '../canvas/agents';
import { isTool } from '../canvas/places';
import type { Problem } from '../../../api/types';
import { referenceOf } from '../../../diagram/events';
import { syntaxError } from '../expressions/evaluate';
import { durationError } from './durations';
import { labelOf } from '../../../lib/schema';
import { t } from '../../../i18n';

/** What can be seen to be wrong without asking the server. */
export function lint(elements: readonly DiagramElement[], catalogue: StepCatalogue): Problem[] {
  const nodes = elements.filter(isFlowNode);
  return [
    ...(nodes.some((node) => isTrigger(node.businessObject)) ? [] : [problem(null, 'no-trigger', t('The workflow has no trigger.'))]),
    ...nodes.flatMap((node) => [...lintStep(node, catalogue), ...lintPlace(node), ...lintTool(node), ...lintEvent(node), ...lintExpressions(node), ...lintReferences(node, elements)]),
    ...elements.filter((element) => element.type === 'bpmn:SequenceFlow').flatMap(lintFlow),
  ];
}

function problem(elementId: string | null, code: string, message: string, severity: Problem['severity'] = 'error'): Problem {
  return { elementId, severity, code, message };
}

function lintStep(node: DiagramElement, catalogue: StepCatalogue): Problem[] {
  const bo = node.businessObject;
  if (eventOf(bo) || node.type === 'bpmn:CallActivity' || node.type === 'bpmn:ReceiveTask') return [];
  const id = stepTypeId(bo);
  if (!id) return node.type === 'bpmn:ServiceTask' ? [problem(node.id, 'no-step-type', t('Choose what this step does.'))] : [];
  const type = catalogue.get(id);
  if (!type) return [problem(node.id, 'unknown-step-type', t('No installed plugin offers “{{id}}”.', { id }))];
  const parsed = parseInputs(bo);
  if (parsed.error) return [problem(node.id, 'invalid-json', t('The settings are not JSON.'))];
  const inputs = readInputs(bo);
  const missing = (type.inputSchema.required ?? []).filter((name) => isEmpty(inputs[name]) && propertyOf(type.inputSchema, name)?.default === undefined);
  const problems = missing.map((name) => problem(node.id, 'required-input', t('{{field}} is required.', { field: labelOf(name, propertyOf(type.inputSchema, name)) })));
  if (needsConnection(type, inputs) && !attributeOf(inputsHolder(bo), 'connection')) problems.push(problem(node.id, 'required-connection', t('Choose a connection.')));
  return problems;
}

/** A trigger needs one only where its callers prove themselves. */
function needsConnection(type: StepType, inputs: JsonObject): boolean {
  return Boolean(type.connectionType) && (type.kind !== 'trigger' || (inputs.authentication ?? 'none') !== 'none');
}

function propertyOf(schema: JsonSchema, name: string): JsonSchema | undefined {
  return schema.properties?.[name];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function lintPlace(node: DiagramElement): Problem[] {
  const bo = node.businessObject;
  const event = eventOf(bo);
  const links = node.incoming.length > 0;
  if (isUndoStep(bo)) return links ? [] : [problem(node.id, 'disconnected', t('Nothing says what this step undoes.'))];
  const starts = isTool(node) || node.type === 'bpmn:StartEvent' || node.type === 'bpmn:BoundaryEvent' || isHandler(bo);
  if (!starts && !links) return [problem(node.id, 'disconnected', t('No arrow leads here.'))];
  if (node.type !== 'bpmn:BoundaryEvent' || node.outgoing.length > 0) return [];
  return [problem(node.id, 'dead-end', event?.kind === 'compensation' ? t('Say what undoes the step.') : event?.kind === 'error' ? t('Say what happens on an error.') : t('Say what happens then.'))];
}

/** A model chooses a tool by what it is told about it; without a text it is told the name. */
function lintTool(node: DiagramElement): Problem[] {
  if (!isTool(node) || documentationOf(node.businessObject)) return [];
  const named = Boolean(node.businessObject.name?.trim());
  return [problem(node.id, 'tool-description-missing', t('Say what this tool is for: the agent chooses by it.'), named ? 'warning' : 'error')];
}

/** What an event or a call says of itself: a time, a name, a code, a workflow. */
function lintEvent(node: DiagramElement): Problem[] {
  const bo = node.businessObject;
  const event = eventOf(bo);
  const { value, error } = parseInputs(bo);
  const inputs = (value ?? {}) as Record<string, unknown>;
  const asks = (field: string, message: string): Problem[] => (isEmpty(inputs[field]) ? [problem(node.id, 'required-input', message)] : []);
  if (node.type === 'bpmn:CallActivity') return [...asks('workflow', t('Choose the workflow to run.')), ...(error ? [problem(node.id, 'invalid-json', t('The input is not JSON.'))] : [])];
  if (node.type === 'bpmn:ReceiveTask') return asks('name', t('Say which message.'));
  if (!event) return [];
  if (event.kind === 'timer') return [...asks('duration', t('Say how long.')), ...wrongDuration(node, String(inputs.duration ?? ''))];
  if (event.kind === 'message') return [...asks('name', t('Say which message.')), ...(error ? [problem(node.id, 'invalid-json', t('The content is not JSON.'))] : [])];
  if (event.kind === 'signal') return asks('name', t('Say which signal.'));
  const tells = event.place === 'throw' || event.place === 'end';
  const needsCode = tells && (event.kind === 'error' || event.kind === 'escalation');
  return needsCode && !referenceOf(event.definition, event.kind as 'error' | 'escalation') ? [problem(node.id, 'required-input', t('Say with which code.'))] : [];
}

function wrongDuration(node: DiagramElement, duration: string): Problem[] {
  const wrong = !duration.includes('{{') && durationError(duration) !== undefined;
  return wrong ? [problem(node.id, 'invalid-duration', t('Say how long in the form of PT10M.'))] : [];
}

function lintExpressions(node: DiagramElement): Problem[] {
  const bo = node.businessObject;
  const loop = eachOf(bo);
  const each = eachSettings(bo);
  const texts = [...stringsIn(readInputs(bo)), ...stringsIn(parseJson(textOf(extension(bo, 'Output'))).value)];
  const problems = texts.flatMap((text) => invalid(node.id, text));
  if (loop && !attributeOf(each, 'in').trim()) problems.push(problem(node.id, 'required-input', t('Say which list to go through.')));
  return [...problems, ...invalid(node.id, attributeOf(each, 'in'))];
}

function lintFlow(flow: DiagramElement): Problem[] {
  const source = flow.source;
  if (!source || !/(Exclusive|Inclusive)Gateway$/.test(source.type) || source.outgoing.length < 2) return [];
  if (source.businessObject.default === flow.businessObject) return [];
  const condition = conditionOf(flow.businessObject);
  const name = flow.businessObject.name ? `“${flow.businessObject.name}”` : t('This branch');
  return condition.trim() ? invalid(flow.id, condition) : [problem(flow.id, 'no-condition', t('{{branch}} needs a condition, or make it the “otherwise” one.', { branch: name }))];
}

function invalid(elementId: string, text: string): Problem[] {
  const error = text.includes('{{') ? syntaxError(text) : undefined;
  return error ? [problem(elementId, 'invalid-expression', t('An expression is wrong: {{error}}', { error }))] : [];
}

/** Expressions that speak of a step that is not drawn. */
function lintReferences(node: DiagramElement, elements: readonly DiagramElement[]): Problem[] {
  const ids = new Set(elements.map((element) => element.id));
  const text = JSON.stringify([readInputs(node.businessObject), textOf(extension(node.businessObject, 'Output'))]);
  const unknown = new Set([...text.matchAll(/\bsteps\.([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '').filter((id) => !ids.has(id)));
  return [...unknown].map((id) => problem(node.id, 'unknown-reference', t('There is no step “{{id}}” to take data from.', { id })));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
