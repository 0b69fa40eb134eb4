import { ICONS } from './icons';
import type { ModdleObject } from './types';

/** What an event is about, in BPMN's words. */
export type EventKind = 'timer' | 'message' | 'signal' | 'error' | 'escalation' | 'compensation' | 'terminate';

/** Where an event stands: it waits or tells within the flow, hangs on a step, ends something, or starts a "whenever". */
export type EventPlace = 'catch' | 'throw' | 'boundary' | 'end' | 'handler';

const KINDS: Record<string, EventKind> = {
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:SignalEventDefinition': 'signal',
  'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation',
  'bpmn:CompensateEventDefinition': 'compensation',
  'bpmn:TerminateEventDefinition': 'terminate',
};

const PLACES: Record<string, EventPlace> = {
  'bpmn:IntermediateCatchEvent': 'catch',
  'bpmn:IntermediateThrowEvent': 'throw',
  'bpmn:BoundaryEvent': 'boundary',
  'bpmn:EndEvent': 'end',
};

/** The kinds that the engine runs at each place, the most usual first. */
export const KINDS_AT: Record<EventPlace, readonly EventKind[]> = {
  catch: ['timer', 'message', 'signal'],
  throw: ['message', 'signal', 'escalation', 'compensation'],
  boundary: ['timer', 'error', 'message', 'signal', 'escalation', 'compensation'],
  end: ['error', 'terminate', 'message', 'signal', 'escalation', 'compensation'],
  handler: ['message', 'signal', 'timer', 'error', 'escalation'],
};

/** An event, as far as the dialect knows it. */
export interface DrawnEvent {
  kind: EventKind;
  place: EventPlace;
  definition: ModdleObject;
}

const WORDS: Record<EventPlace, Partial<Record<EventKind, string>>> = {
  catch: { timer: 'Timer', message: 'Wait for a message', signal: 'Wait for a signal' },
  throw: { message: 'Send a message', signal: 'Send a signal', escalation: 'Ask for attention', compensation: 'Undo what was done' },
  boundary: {
    timer: 'If it takes too long',
    error: 'If it fails',
    message: 'When a message comes',
    signal: 'When a signal comes',
    escalation: 'When it asks for attention',
    compensation: 'Undo with',
  },
  end: {
    error: 'End with an error',
    terminate: 'End everything',
    message: 'End and send a message',
    signal: 'End and send a signal',
    escalation: 'End and ask for attention',
    compensation: 'End and undo',
  },
  handler: {
    message: 'Whenever a message comes',
    signal: 'Whenever a signal comes',
    timer: 'After some time',
    error: 'Whenever something fails',
    escalation: 'Whenever attention is asked for',
  },
};

const ICON_OF: Record<EventKind, string> = {
  timer: ICONS.clock,
  message: ICONS.envelope,
  signal: ICONS.waves,
  error: ICONS.alert,
  escalation: ICONS.bell,
  compensation: ICONS.undo,
  terminate: ICONS.stop,
};

const COLOUR_OF: Record<EventKind, string> = {
  timer: '#475569',
  message: '#0d7490',
  signal: '#7c3aed',
  error: '#e0364c',
  escalation: '#b45309',
  compensation: '#475569',
  terminate: '#e0364c',
};

export const eventIcon = (kind: EventKind): string => ICON_OF[kind];
export const eventColour = (kind: EventKind): string => COLOUR_OF[kind];

/** What an event is called where nobody named it. */
export const eventWords = (place: EventPlace, kind: EventKind): string => WORDS[place][kind] ?? kind;

/** The event definition type of a kind, as bpmn-js creates it. */
export function definitionType(kind: EventKind): string {
  return Object.keys(KINDS).find((type) => KINDS[type] === kind) ?? '';
}

/** Whether this is a sub-process that an event starts. */
export const isHandler = (bo: ModdleObject | undefined): boolean => bo?.$type === 'bpmn:SubProcess' && bo.triggeredByEvent === true;

/** Whether this step runs only to undo another one. */
export const isUndoStep = (bo: ModdleObject): boolean => bo.isForCompensation === true;

/** The one event of an element; undefined for plain starts and ends, and for what does not run. */
export function eventOf(bo: ModdleObject): DrawnEvent | undefined {
  const place = bo.$type === 'bpmn:StartEvent' ? (isHandler(bo.$parent) ? 'handler' : undefined) : PLACES[bo.$type];
  const [definition, second] = (bo.eventDefinitions as ModdleObject[] | undefined) ?? [];
  const kind = definition && KINDS[definition.$type];
  if (!place || !definition || !kind || second || !KINDS_AT[place].includes(kind)) return undefined;
  return { kind, place, definition };
}

/** Whether an event ends what it is about; one that does not happens beside it. */
export function isInterrupting(bo: ModdleObject): boolean {
  return bo.$type === 'bpmn:StartEvent' ? bo.isInterrupting !== false : bo.cancelActivity !== false;
}

/** Where the name or the code of each kind is: in a definition of the file, which the event refers to. */
export const REFERENCES = {
  message: { ref: 'messageRef', type: 'bpmn:Message', value: 'name' },
  signal: { ref: 'signalRef', type: 'bpmn:Signal', value: 'name' },
  error: { ref: 'errorRef', type: 'bpmn:Error', value: 'errorCode' },
  escalation: { ref: 'escalationRef', type: 'bpmn:Escalation', value: 'escalationCode' },
} as const;

export type Referring = keyof typeof REFERENCES;

export const refers = (kind: EventKind): kind is Referring => kind in REFERENCES;

/** The name or code that an event, or a receive task, refers to; empty for none. */
export function referenceOf(definition: ModdleObject, kind: Referring): string {
  const { ref, value } = REFERENCES[kind];
  const found = (definition[ref] as ModdleObject | undefined)?.[value];
  return typeof found === 'string' ? found : '';
}

/** The step type that stands for an event at run time. */
export function eventStepType({ kind, place }: DrawnEvent): string | undefined {
  const tells = place === 'throw' || place === 'end';
  if (kind === 'message' || kind === 'signal') return tells ? `${kind}-send` : kind;
  return kind === 'timer' ? 'delay' : undefined;
}
