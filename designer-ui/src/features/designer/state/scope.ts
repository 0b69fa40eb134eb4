import { ICONS, isHandler, lookOf, type DiagramElement, type JsonSchema, type StepCatalogue } from '../../../diagram';
import { attributeOf, eachOf, eachSettings, isTrigger, stepTypeId } from '../../../diagram/dialect';
import { isFlowNode } from '../../../diagram/types';
import { t } from '../../../i18n';
import type { StepTestInput } from '../api/calls';
import { parametersOf } from '../canvas/agents';
import { partOfAgent } from '../canvas/places';
import { exampleOfCall } from '../expressions/fromAi';
import { exampleOf } from './example';
import type { StepData } from './StepData';

/** An earlier element whose data can be used. */
export interface ScopeEntry {
  elementId: string;
  title: string;
  icon: string;
  colour: string;
  /** `trigger` or `steps.<id>`, as path. */
  path: string[];
  /** Real data; undefined when the step was never tested or run. */
  value: unknown;
  known: boolean;
  pinned: boolean;
  /** What the schema says the data looks like. */
  example: unknown;
}

export interface Scope {
  entries: ScopeEntry[];
  /** What the preview is evaluated with: real data only. */
  data: Record<string, unknown>;
  /** What completion reads: examples where nothing real is known. */
  hints: Record<string, unknown>;
  /** Set within a tool of an agent, whose inputs the agent may fill in. */
  tool?: boolean;
}

/** Everything that can have run before an element, nearest first. */
export function upstream(element: DiagramElement): DiagramElement[] {
  const found = new Set<DiagramElement>();
  const queue: DiagramElement[] = [element];
  while (queue.length > 0) {
    const next = queue.shift();
    if (!next) break;
    const before = [...(next.incoming ?? []).map((flow) => flow.source), next.source, next.host, enclosing(next), ...around(next)];
    for (const candidate of before) {
      if (!candidate || found.has(candidate) || candidate === element) continue;
      found.add(candidate);
      queue.push(candidate);
    }
  }
  return [...found];
}

function enclosing(element: DiagramElement): DiagramElement | undefined {
  return element.parent?.type.endsWith('SubProcess') ? element.parent : undefined;
}

/** What is around a "whenever" may all have run when it happens. */
function around(element: DiagramElement): DiagramElement[] {
  if (!isHandler(element.businessObject)) return [];
  return (element.parent?.children ?? []).filter((other) => other !== element && isFlowNode(other) && !isHandler(other.businessObject));
}

/** The addresses of the message events of a workflow. */
function resumeAddresses(element: DiagramElement): Record<string, string> {
  let root = element;
  while (root.parent) root = root.parent;
  const ids = (at: DiagramElement): string[] => [...(at.businessObject && stepTypeId(at.businessObject) === 'message' ? [at.id] : []), ...(at.children ?? []).flatMap(ids)];
  return Object.fromEntries(ids(root).map((id) => [id, 'https://…/hooks-resume/…']));
}

function isInside(element: DiagramElement, group: DiagramElement): boolean {
  for (let parent = element.parent; parent; parent = parent.parent) if (parent === group) return true;
  return false;
}

/** What expressions of an element can use. */
export function scopeOf(element: DiagramElement, catalogue: StepCatalogue, stepData: StepData, workflow: string): Scope {
  const entries = upstream(element)
    .filter((candidate) => !isInside(element, candidate))
    .map((candidate) => entryOf(candidate, catalogue, stepData))
    .filter((entry) => entry !== undefined);
  const run = { id: 'run-1', startedAt: new Date(0).toISOString(), workflow, version: 1, resume: resumeAddresses(element) };
  const called = toolCallOf(element);
  const data: Record<string, unknown> = { run, vars: {}, steps: {}, ...called };
  const hints: Record<string, unknown> = { run, vars: {}, steps: {}, ...called };
  const tool = called ? { tool: true } : {};
  for (const entry of entries) {
    place(hints, entry.path, entry.known ? entry.value : entry.example);
    if (entry.known) place(data, entry.path, entry.value);
  }
  const item = itemOf(element, data, catalogue);
  if (!item) return { entries, data, hints, ...tool };
  const inScope = { [item.path[0] ?? 'item']: item.value ?? {}, index: 0 };
  return { entries: [item, ...entries], data: { ...data, ...inScope }, hints: { ...hints, ...inScope }, ...tool };
}

/** What expressions of a tool see of the call; the values stand for what a model would give. */
function toolCallOf(element: DiagramElement): { toolCall: unknown } | undefined {
  const part = partOfAgent(element);
  if (!part) return undefined;
  const given = parametersOf(element).map((parameter) => [parameter.name, exampleOfCall(parameter)] as const);
  return { toolCall: { id: 'call-1', name: part.id, arguments: Object.fromEntries(given) } };
}

function place(target: Record<string, unknown>, path: string[], value: unknown): void {
  const [first, second] = path;
  if (first && second) (target[first] as Record<string, unknown>)[second] = value;
  else if (first) target[first] = value;
}

function entryOf(element: DiagramElement, catalogue: StepCatalogue, stepData: StepData): ScopeEntry | undefined {
  const bo = element.businessObject;
  const trigger = isTrigger(bo);
  const type = catalogue.get(stepTypeId(bo) ?? (trigger ? 'manual' : undefined));
  const each = eachOf(bo);
  if (!trigger && !type && element.type !== 'bpmn:SubProcess') return undefined;
  const look = lookOf(bo, catalogue);
  const known = stepData.known(element.id);
  const example = exampleOf(type?.outputSchema as JsonSchema | undefined);
  return {
    elementId: element.id,
    title: look?.title ?? element.id,
    icon: look?.icon ?? '',
    colour: look?.colour ?? '#64748b',
    path: trigger ? ['trigger'] : ['steps', element.id],
    value: known?.value,
    known: known !== undefined,
    pinned: known?.source === 'pinned',
    example: each && !trigger ? [example] : example,
  };
}

/** The item of the for-each an element is in, or has itself; the first of the list stands for all. */
function itemOf(element: DiagramElement, data: Record<string, unknown>, catalogue: StepCatalogue): ScopeEntry | undefined {
  for (let at: DiagramElement | undefined = element; at; at = at.parent) {
    const loop = at.businessObject && eachOf(at.businessObject);
    if (!loop) continue;
    const each = eachSettings(at.businessObject);
    const list = valueAt(attributeOf(each, 'in'), data);
    const value = Array.isArray(list) ? (list[0] as unknown) : undefined;
    const look = lookOf(at.businessObject, catalogue);
    return {
      elementId: at.id,
      title: t('Current item'),
      icon: ICONS.loop,
      colour: look?.colour ?? '#475569',
      path: [attributeOf(each, 'as') || 'item'],
      value,
      known: value !== undefined,
      pinned: false,
      example: {},
    };
  }
  return undefined;
}

/** What a plain path as `{{ trigger.body.items }}` leads to. */
function valueAt(expression: string, data: unknown): unknown {
  const path = /^\{\{\s*([\w.]+)\s*\}\}$/.exec(expression.trim())?.[1];
  if (!path) return undefined;
  let current = data;
  for (const name of path.split('.')) {
    current = typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[name] : undefined;
  }
  return current;
}

function itemName(scope: Scope): string {
  const [first] = scope.entries;
  return first?.path.length === 1 && first.path[0] ? first.path[0] : 'item';
}

/** The data that a step is tested with, and the steps whose data is missing for it. */
export function testInput(scope: Scope, texts: readonly string[]): { input: StepTestInput; missing: ScopeEntry[] } {
  const mentions = (entry: ScopeEntry): boolean => {
    const name = entry.path.join('.');
    return texts.some((text) => new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(text));
  };
  const missing = scope.entries.filter((entry) => !entry.known && mentions(entry));
  const { trigger, steps, index } = scope.data;
  const item = index === undefined ? undefined : scope.data[itemName(scope)];
  return {
    missing,
    input: {
      ...(trigger !== undefined && { trigger }),
      steps: (steps ?? {}) as Record<string, unknown>,
      ...(item !== undefined && { item, index: 0 }),
    },
  };
}
