import { AGENT, attributeOf, CALL, eachOf, eachSettings, extension, isTrigger, readInputs, stepTypeId } from './dialect';
import { tableInShort, tableOf } from './decision';
import { eventColour, eventIcon, eventOf, eventWords, isHandler, isInterrupting, isUndoStep, referenceOf, refers, type DrawnEvent } from './events';
import { t } from '../i18n';
import { ICONS } from './icons';
import { stepColour, stepIcon, type StepCatalogue, type StepType } from './stepCatalogue';
import { plain, summarize } from './summary';
import type { ModdleObject } from './types';

export type Shape = 'card' | 'start' | 'catch' | 'throw' | 'end' | 'gateway' | 'frame' | 'boundary';

/** How one element of a workflow is shown, on the canvas and in lists. */
export interface Look {
  shape: Shape;
  /** What kind of element it is, in the words of the application. */
  kind: string;
  title: string;
  subtitle: string;
  icon: string;
  colour: string;
  /** Set when the step type is not installed. */
  unknown?: boolean;
  /** Set on an event that happens beside what it is about, and does not stop it. */
  beside?: boolean;
  /** Set on a group that runs whenever something happens. */
  handler?: boolean;
}

const GREY = '#64748b';
const RED = '#e0364c';

const BPMN_WORDS: Record<string, Pick<Look, 'shape' | 'kind' | 'icon' | 'colour'>> = {
  'bpmn:StartEvent': { shape: 'start', kind: 'Start', icon: ICONS.play, colour: GREY },
  'bpmn:EndEvent': { shape: 'end', kind: 'End', icon: ICONS.flag, colour: GREY },
  'bpmn:ExclusiveGateway': { shape: 'gateway', kind: 'Branch', icon: ICONS.branch, colour: '#d97706' },
  'bpmn:InclusiveGateway': { shape: 'gateway', kind: 'Several branches', icon: ICONS.inclusive, colour: '#d97706' },
  'bpmn:ParallelGateway': { shape: 'gateway', kind: 'Parallel', icon: ICONS.parallel, colour: '#475569' },
  'bpmn:EventBasedGateway': { shape: 'gateway', kind: 'Wait for the first of', icon: ICONS.hourglass, colour: '#0d7490' },
  'bpmn:SubProcess': { shape: 'frame', kind: 'Group', icon: ICONS.group, colour: '#475569' },
  'bpmn:AdHocSubProcess': { shape: 'frame', kind: 'Agent', icon: ICONS.robot, colour: '#7c5cff' },
  'bpmn:UserTask': { shape: 'card', kind: 'Approval', icon: ICONS.user, colour: '#16a34a' },
  'bpmn:ReceiveTask': { shape: 'card', kind: 'Wait for a message', icon: ICONS.envelope, colour: '#0d7490' },
  'bpmn:CallActivity': { shape: 'card', kind: 'Run another workflow', icon: ICONS.workflow, colour: '#4f46e5' },
};

/** What runs without a plugin. */
const KNOWN = new Set(['bpmn:UserTask', 'bpmn:CallActivity', 'bpmn:ReceiveTask']);

/** Undefined for what is drawn as bpmn-js draws it: lanes, data objects, annotations, events of other kinds. */
export function lookOf(bo: ModdleObject, catalogue: StepCatalogue, expanded = true): Look | undefined {
  const event = eventOf(bo);
  if (event) return eventLook(bo, event);
  if (isForeignEvent(bo)) return undefined;
  if (isHandler(bo)) return handlerLook(bo, expanded);
  const typeId = stepTypeId(bo) ?? (isTrigger(bo) ? 'manual' : undefined);
  const type = catalogue.get(typeId);
  const words = BPMN_WORDS[bo.$type];
  const shape = words?.shape ?? (/Task$/.test(bo.$type) ? 'card' : undefined);
  if (!shape) return undefined;
  const base = { shape: shape === 'frame' && !expanded ? ('card' as const) : shape };
  if (type && typeId !== CALL) {
    return {
      ...base,
      kind: type.title,
      title: bo.name ?? type.title,
      subtitle: subtitleOf(bo, type),
      icon: stepIcon(type),
      colour: stepColour(type),
    };
  }
  if (typeId && typeId !== 'manual' && !KNOWN.has(bo.$type)) {
    return { ...base, kind: typeId, title: bo.name ?? typeId, subtitle: 'Not installed', icon: ICONS.puzzle, colour: RED, unknown: true };
  }
  if (typeId === 'manual') {
    return { ...base, kind: 'Manual start', title: bo.name ?? 'Manual start', subtitle: '', icon: ICONS.play, colour: '#e8890c' };
  }
  return bpmnLook(bo, base.shape);
}

function subtitleOf(bo: ModdleObject, type: StepType): string {
  if (bo.$type === AGENT) return String(readInputs(bo).model ?? '');
  if (bo.$type !== 'bpmn:BusinessRuleTask') return summarize(readInputs(bo), type.inputSchema) || type.title;
  const table = tableOf(bo);
  return table ? tableInShort(table) : t('No table yet');
}

function bpmnLook(bo: ModdleObject, shape: Shape): Look {
  const each = eachOf(bo);
  const words = BPMN_WORDS[bo.$type];
  const kind = words?.kind ?? (bo.$type === 'bpmn:ServiceTask' ? 'Empty step' : bo.$type.replace('bpmn:', ''));
  const look = { icon: ICONS.question, colour: GREY, ...words, shape, kind };
  if (each && bo.$type === 'bpmn:SubProcess') {
    const list = plain(attributeOf(eachSettings(bo), 'in'));
    return { ...look, kind: 'For each', title: bo.name ?? 'For each', subtitle: list && `of ${list}`, icon: ICONS.loop };
  }
  if (bo.$type === 'bpmn:CallActivity') return { ...look, title: bo.name ?? kind, subtitle: calledVersion(bo) };
  const empty = isUndoStep(bo) ? 'Choose what undoes it' : 'Choose what this step does';
  return { ...look, title: bo.name ?? kind, subtitle: words ? '' : empty };
}

function calledVersion(bo: ModdleObject): string {
  const call = extension(bo, 'Call');
  if (!attributeOf(call, 'workflow')) return 'Choose a workflow';
  const version = attributeOf(call, 'version') || 'published';
  return version === 'published' ? 'Its published version' : `Its version ${version}`;
}

function eventLook(bo: ModdleObject, event: DrawnEvent): Look {
  const { kind, place } = event;
  const words = eventWords(place, kind);
  return {
    shape: place === 'handler' ? 'start' : place,
    kind: words,
    title: bo.name ?? words,
    subtitle: eventSummary(bo, event),
    icon: eventIcon(kind),
    colour: eventColour(kind),
    ...((place === 'boundary' || place === 'handler') && !isInterrupting(bo) && { beside: true }),
  };
}

/** For how long, or of which name or code. */
export function eventSummary(bo: ModdleObject, { kind, definition }: DrawnEvent): string {
  if (kind === 'timer') return plain(String(readInputs(bo).duration ?? ''));
  return refers(kind) ? referenceOf(definition, kind) : '';
}

/** An event that the dialect does not know at its place is drawn as bpmn-js draws it. */
function isForeignEvent(bo: ModdleObject): boolean {
  if (!/Event$/.test(bo.$type)) return false;
  const some = ((bo.eventDefinitions as ModdleObject[] | undefined) ?? []).length > 0;
  return some ? !isTrigger(bo) : !/(Start|End)Event$/.test(bo.$type);
}

function handlerLook(bo: ModdleObject, expanded: boolean): Look {
  const start = ((bo.flowElements as ModdleObject[] | undefined) ?? []).find((element) => element.$type === 'bpmn:StartEvent');
  const event = start && eventOf(start);
  const words = event ? eventWords(event.place, event.kind) : 'Whenever … happens';
  const name = start && event ? eventSummary(start, event) : '';
  return {
    shape: expanded ? 'frame' : 'card',
    kind: words,
    title: bo.name ?? words,
    subtitle: [name, start && !isInterrupting(start) ? 'beside the rest' : 'in place of the rest'].filter(Boolean).join(' · '),
    icon: event ? eventIcon(event.kind) : ICONS.question,
    colour: event ? eventColour(event.kind) : GREY,
    handler: true,
  };
}
