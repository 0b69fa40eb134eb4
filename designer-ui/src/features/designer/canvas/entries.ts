import { ICONS, stepColour, stepIcon, type StepType } from '../../../diagram';
import { t } from '../../../i18n';

/** What one entry of the step library makes. */
export type Made =
  | { kind: 'step'; type: StepType }
  | { kind: 'trigger'; type: StepType }
  | { kind: 'bpmn'; type: string; each?: boolean; event?: string }
  | { kind: 'error-branch' };

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
}

const GREY = '#475569';
const AMBER = '#d97706';

export const FLOW_CATEGORY = 'Flow';

const FLOW_ENTRIES: StepEntry[] = [
  flow('branch', 'Branch', 'Go one way or another, by a condition', ICONS.branch, AMBER, { kind: 'bpmn', type: 'bpmn:ExclusiveGateway' }),
  flow('parallel', 'Parallel', 'Do several things at once, or wait for all of them', ICONS.parallel, GREY, { kind: 'bpmn', type: 'bpmn:ParallelGateway' }),
  flow('for-each', 'For each', 'Repeat steps for every item of a list', ICONS.loop, GREY, { kind: 'bpmn', type: 'bpmn:SubProcess', each: true }),
  flow('timer', 'Timer', 'Wait for some time before going on', ICONS.clock, GREY, {
    kind: 'bpmn',
    type: 'bpmn:IntermediateCatchEvent',
    event: 'bpmn:TimerEventDefinition',
  }),
  flow('group', 'Group', 'Put steps together', ICONS.group, GREY, { kind: 'bpmn', type: 'bpmn:SubProcess' }),
  flow('error-branch', 'Error branch', 'What happens when this step fails', ICONS.alert, '#e0364c', { kind: 'error-branch' }),
  flow('end', 'End', 'Finish, and say what comes out', ICONS.flag, '#64748b', { kind: 'bpmn', type: 'bpmn:EndEvent' }),
  {
    ...flow('inclusive', 'Several branches', 'Every way whose condition holds (inclusive gateway)', ICONS.inclusive, AMBER, {
      kind: 'bpmn',
      type: 'bpmn:InclusiveGateway',
    }),
    expert: true,
  },
];

function flow(id: string, title: string, description: string, icon: string, colour: string, made: Made): StepEntry {
  return { id, title: t(title), description: t(description), category: FLOW_CATEGORY, icon, colour, made };
}

/** The step library: what the installed plugins offer, then what BPMN brings. */
export function libraryEntries(types: readonly StepType[]): StepEntry[] {
  const steps = types.map((type): StepEntry => {
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
  return [...steps, ...FLOW_ENTRIES];
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
  const all = `${title} ${entry.id} ${entry.category} ${entry.description}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return 0;
  if (title.startsWith(words[0] ?? '')) return 3;
  return words.every((word) => title.includes(word)) ? 2 : 1;
}
