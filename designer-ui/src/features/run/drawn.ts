import type { Task } from '../../api/types';
import { t } from '../../i18n';
import { formatFullTime } from '../../lib/format';

/** What the drawing says about the elements of a run beyond their names. */
export interface Drawn {
  /** The names of the activities, by the id of the step that undoes them. */
  undoes: ReadonlyMap<string, string>;
  /** The ids of events: what is waited for, and may not happen. */
  events: ReadonlySet<string>;
}

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/** Reads which steps undo others, and which elements are events. */
export function readDrawn(bpmnXml: string): Drawn {
  const file = new DOMParser().parseFromString(bpmnXml, 'application/xml');
  const all = (name: string): Element[] => [...file.getElementsByTagNameNS(BPMN, name)];
  const byId = new Map([...file.getElementsByTagNameNS(BPMN, '*')].map((element) => [element.getAttribute('id') ?? '', element]));
  const undoes = new Map<string, string>();
  for (const link of all('association')) {
    const event = byId.get(link.getAttribute('sourceRef') ?? '');
    const step = byId.get(link.getAttribute('targetRef') ?? '');
    const host = byId.get(event?.getAttribute('attachedToRef') ?? '');
    if (host && step?.getAttribute('isForCompensation') === 'true') undoes.set(step.getAttribute('id') ?? '', host.getAttribute('name') ?? host.getAttribute('id') ?? '');
  }
  const events = ['intermediateCatchEvent', 'boundaryEvent', 'startEvent', 'receiveTask'].flatMap(all).map((event) => event.getAttribute('id') ?? '');
  return { undoes, events: new Set(events) };
}

/** What a task is about in a few words, where its step's title does not say it. */
export function taskWords(task: Pick<Task, 'elementId' | 'stepType' | 'status' | 'input'>, drawn: Drawn): string | undefined {
  const undone = drawn.undoes.get(task.elementId);
  if (undone !== undefined) return t('Undoes “{{step}}”', { step: undone });
  if (task.stepType === 'compensation') return t('Undoes what was done');
  if (task.status === 'cancelled' && drawn.events.has(task.elementId)) return t('Did not happen');
  if (task.status === 'succeeded' && drawn.events.has(task.elementId)) return task.stepType === 'delay' ? t('Its time has come') : t('It came');
  if (task.status !== 'waiting') return undefined;
  const { name, key } = (task.input ?? {}) as { name?: string; key?: string };
  switch (task.stepType) {
    case 'message':
      return key ? t('Waits for the message “{{name}}” about {{key}}', { name, key }) : t('Waits for the message “{{name}}”', { name });
    case 'signal':
      return t('Waits for the signal “{{name}}”', { name });
    case 'message-send':
      return t('Looks for a run that waits for “{{name}}”', { name });
    case 'call':
      return t('Waits for the workflow that it runs');
    case 'delay':
      return t('Waits for its time');
    default:
      return undefined;
  }
}

/** Of an agent that waits: which of its tools are still at work. */
export function toolsWaitedFor(task: Pick<Task, 'id' | 'status'>, all: readonly Task[]): string | undefined {
  if (task.status !== 'waiting') return undefined;
  const open = all.filter(({ parentTaskId, stepType, endedAt }) => parentTaskId === task.id && stepType === 'tool-call' && !endedAt);
  const names = [...new Set(open.map(({ name, elementId }) => name || elementId))];
  return names.length > 0 ? t('Waits for its tools: {{tools}}', { tools: names.join(', ') }) : undefined;
}

/** When a step is tried again, or how long it waits; other steps only look again at that time. */
export function nextWords({ status, stepType, error, nextAttemptAt }: Pick<Task, 'status' | 'stepType' | 'error' | 'nextAttemptAt'>): string | undefined {
  if (!nextAttemptAt || (status !== 'waiting' && status !== 'queued')) return undefined;
  const time = formatFullTime(nextAttemptAt);
  if (stepType === 'delay') return t('Until {{time}}', { time });
  return error ? t('Tried again at {{time}}', { time }) : undefined;
}

/** Whether a task is part of the call of an agent's tool. */
export const isWithinTool = ({ iteration }: Pick<Task, 'iteration'>, all: readonly Task[]): boolean =>
  all.some(({ stepType, elementId }) => stepType === 'tool-call' && iteration.startsWith(`${elementId}[`));

/** The run that a task has started or told, where it knows it. */
export function otherRun(task: Pick<Task, 'stepType' | 'output' | 'calledRunId'>): string | undefined {
  if (task.calledRunId) return task.calledRunId;
  const { runId } = (task.output ?? {}) as { runId?: unknown };
  return (task.stepType === 'call' || task.stepType === 'message-send') && typeof runId === 'string' ? runId : undefined;
}
