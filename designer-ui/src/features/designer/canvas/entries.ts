import { eventColour, eventIcon, eventWords, ICONS, stepColour, stepIcon, type EventKind, type EventPlace, type StepType } from '../../../diagram';
import { definitionType } from '../../../diagram/events';
import { t } from '../../../i18n';

/** What one entry of the step library makes. */
export type Made =
  | { kind: 'step'; type: StepType }
  | { kind: 'trigger'; type: StepType }
  | { kind: 'bpmn'; type: string; each?: boolean; event?: string; handler?: boolean; agent?: StepType }
  /** An event on a step that is there. */
  | { kind: 'attach'; event: EventKind };

export interface StepEntry {
  id: string;
  title: string;
  description: string;
  category: string;
  icon: string;
  colour: string;
  made: Made;
  /** Hidden until somebody asks for all of BPMN. */
  expert?: boolean;
  /** What BPMN calls it: for those who know. */
  bpmn?: string;
}

const GREY = '#475569';
const AMBER = '#d97706';

export const FLOW_CATEGORY = 'Flow';

const EVENT_CATEGORY = 'Wait and tell';
export const ATTACH_CATEGORY = 'What if…';
const END_CATEGORY = 'Ways to end';

const EVENT_TYPES: Partial<Record<EventPlace, string>> = { catch: 'bpmn:IntermediateCatchEvent', throw: 'bpmn:IntermediateThrowEvent', end: 'bpmn:EndEvent' };
const EVENT_NAMES: Partial<Record<EventPlace, string>> = { catch: 'intermediate catch event', throw: 'intermediate throw event', end: 'end event', boundary: 'boundary event' };

const FLOW_ENTRIES: StepEntry[] = [
  flow('branch', 'Branch', 'Go one way or another, by a condition', ICONS.branch, AMBER, { kind: 'bpmn', type: 'bpmn:ExclusiveGateway' }, 'exclusive gateway'),
  flow('parallel', 'Parallel', 'Do several things at once, or wait for all of them', ICONS.parallel, GREY, { kind: 'bpmn', type: 'bpmn:ParallelGateway' }, 'parallel gateway'),
  flow('for-each', 'For each', 'Repeat steps for every item of a list', ICONS.loop, GREY, { kind: 'bpmn', type: 'bpmn:SubProcess', each: true }, 'sub-process, multi-instance'),
  flow('timer', 'Timer', 'Wait for some time before going on', ICONS.clock, GREY, event('catch', 'timer'), 'intermediate catch event, timer'),
  flow('group', 'Group', 'Put steps together', ICONS.group, GREY, { kind: 'bpmn', type: 'bpmn:SubProcess' }, 'sub-process'),
  flow('call', 'Run another workflow', 'Start a workflow of your organization and use what it gives', ICONS.workflow, '#4f46e5', { kind: 'bpmn', type: 'bpmn:CallActivity' }, 'call activity'),
  flow('first-of', 'Wait for the first of', 'A message, a signal or some time: whatever happens first', ICONS.hourglass, '#0d7490', { kind: 'bpmn', type: 'bpmn:EventBasedGateway' }, 'event-based gateway'),
  flow('whenever', 'Whenever … happens', 'Steps that run when something happens at any moment', ICONS.bolt, '#b45309', { kind: 'bpmn', type: 'bpmn:SubProcess', handler: true }, 'event sub-process'),
  flow('end', 'End', 'Finish, and say what comes out', ICONS.flag, '#64748b', { kind: 'bpmn', type: 'bpmn:EndEvent' }, 'end event'),
  {
    ...flow('inclusive', 'Several branches', 'Every way whose condition holds (inclusive gateway)', ICONS.inclusive, AMBER, { kind: 'bpmn', type: 'bpmn:InclusiveGateway' }, 'inclusive gateway'),
    expert: true,
  },
];

const EVENT_ENTRIES: StepEntry[] = [
  ofEvent('catch', 'message', 'message', 'Go on when somebody, or another run, sends it', EVENT_CATEGORY),
  ofEvent('catch', 'signal', 'signal', 'Go on when it is sent to all runs', EVENT_CATEGORY),
  ofEvent('throw', 'message', 'message-send', 'To the one run that waits for it', EVENT_CATEGORY),
  ofEvent('throw', 'signal', 'signal-send', 'To all runs that wait for it', EVENT_CATEGORY),
  ofEvent('throw', 'escalation', 'escalate', 'Tell what is around this group, and go on', EVENT_CATEGORY),
  ofEvent('throw', 'compensation', 'undo', 'Undo the steps that say what undoes them, the last first', EVENT_CATEGORY),
];

const ATTACH_ENTRIES: StepEntry[] = [
  attach('timer', 'too-long', 'After some time go another way, or do something beside it'),
  attach('error', 'error-branch', 'What happens when this step fails: its error branch'),
  attach('message', 'on-message', 'While this step is under way'),
  attach('signal', 'on-signal', 'While this step is under way'),
  attach('escalation', 'on-escalation', 'When something within it asks for attention'),
  attach('compensation', 'undo-with', 'What undoes this step, should it come to that'),
];

const END_ENTRIES: StepEntry[] = [
  ofEvent('end', 'error', 'end-error', 'The run, or this group, fails with a code', END_CATEGORY),
  ofEvent('end', 'terminate', 'end-all', 'Whatever else is under way ends too', END_CATEGORY),
  ofEvent('end', 'message', 'end-message', 'To the one run that waits for it', END_CATEGORY),
  ofEvent('end', 'signal', 'end-signal', 'To all runs that wait for it', END_CATEGORY),
  ofEvent('end', 'escalation', 'end-escalation', 'Tell what is around this group', END_CATEGORY),
  ofEvent('end', 'compensation', 'end-undo', 'Undo the steps that say what undoes them', END_CATEGORY),
];

function event(place: EventPlace, kind: EventKind): Made {
  return { kind: 'bpmn', type: EVENT_TYPES[place] ?? '', event: definitionType(kind) };
}

function ofEvent(place: EventPlace, kind: EventKind, id: string, description: string, category: string): StepEntry {
  return { ...flow(id, eventWords(place, kind), description, eventIcon(kind), eventColour(kind), event(place, kind), `${EVENT_NAMES[place]}, ${kind}`), category };
}

function attach(kind: EventKind, id: string, description: string): StepEntry {
  return { ...flow(id, eventWords('boundary', kind), description, eventIcon(kind), eventColour(kind), { kind: 'attach', event: kind }, `boundary event, ${kind}`), category: ATTACH_CATEGORY };
}

function flow(id: string, title: string, description: string, icon: string, colour: string, made: Made, bpmn: string): StepEntry {
  return { id, title: t(title), description: t(description), category: FLOW_CATEGORY, icon, colour, made, bpmn };
}

/** The step types that are drawn as events and calls, not as steps. */
const DRAWN_OTHERWISE = new Set(['message', 'signal', 'message-send', 'signal-send', 'call']);

/** The step library: what the installed plugins offer, then what BPMN brings. */
export function libraryEntries(types: readonly StepType[]): StepEntry[] {
  const steps = types.filter((type) => !DRAWN_OTHERWISE.has(type.id)).map((type): StepEntry => {
    const kind = type.kind === 'trigger' ? 'trigger' : 'step';
    return {
      id: type.id,
      title: type.title,
      description: type.description,
      category: kind === 'trigger' ? 'Triggers' : type.category || 'Tools',
      icon: stepIcon(type),
      colour: stepColour(type),
      made: { kind, type },
    };
  });
  steps.sort((a, b) => rank(a) - rank(b) || a.category.localeCompare(b.category) || a.title.localeCompare(b.title));
  const agents = types.filter((type) => type.kind === 'agent').map(withTools);
  // right behind the agents without drawn tools
  steps.splice(agents.length, 0, ...agents);
  return [...steps, ...FLOW_ENTRIES, ...EVENT_ENTRIES, ...END_ENTRIES, ...ATTACH_ENTRIES];
}

/** An agent whose tools are drawn inside it. */
function withTools(type: StepType): StepEntry {
  const id = type.id === 'agent' ? 'agent-with-tools' : `${type.id}-with-tools`;
  const title = type.id === 'agent' ? t('Agent with tools') : t('{{agent}} with tools', { agent: type.title });
  return {
    id,
    title,
    description: t('A model that works in turns; what you draw inside it are its tools'),
    category: type.category || 'AI',
    icon: ICONS.robot,
    colour: stepColour(type),
    made: { kind: 'bpmn', type: 'bpmn:AdHocSubProcess', agent: type },
    bpmn: 'ad-hoc sub-process',
  };
}

function rank(entry: StepEntry): number {
  if (entry.made.kind === 'trigger') return 2;
  if (entry.category === FLOW_CATEGORY) return 3;
  return entry.made.kind === 'step' && entry.made.type.kind === 'agent' ? 0 : 1;
}

/** The entries whose title, category or description has every word of the query, best first. */
export function search(entries: readonly StepEntry[], query: string): StepEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  const scored = entries.map((entry) => ({ entry, score: scoreOf(entry, words) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function scoreOf(entry: StepEntry, words: string[]): number {
  const title = entry.title.toLowerCase();
  const all = `${title} ${entry.id} ${entry.category} ${entry.description} ${entry.bpmn ?? ''}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return 0;
  if (title.startsWith(words.join(' '))) return 4;
  if (title.startsWith(words[0] ?? '')) return 3;
  return words.every((word) => title.includes(word)) ? 2 : 1;
}
