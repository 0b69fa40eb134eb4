import type { RunState, StepState, StepStatus } from './showRun';

/** A task of a run, as far as the diagram shows it. */
export interface TaskLike {
  elementId: string;
  /** `tool-call` is the call of an agent's tool, beside which the tool has tasks of its own. */
  stepType?: string;
  status: StepStatus;
  attempt?: number;
  durationMs?: number | null;
  error?: { message?: string } | null;
  usage?: { cost?: { amount: string; currency: string } | null } | null;
}

const WORST: StepStatus[] = ['failed', 'running', 'waiting', 'queued', 'cancelled', 'succeeded'];

/** Tasks and the path of a run put together; the iterations of a for-each count as one element. */
export function toRunState(tasks: readonly TaskLike[], path: readonly { flowId: string }[]): RunState {
  const byElement = new Map<string, TaskLike[]>();
  for (const task of tasks) byElement.set(task.elementId, [...(byElement.get(task.elementId) ?? []), task]);
  const steps: Record<string, StepState> = {};
  for (const [elementId, group] of byElement) steps[elementId] = combine(withoutCalls(group));
  return { steps, flows: new Set(path.map((step) => step.flowId)) };
}

/** A tool that is one step has two tasks a call: the step's is the one that counts. */
function withoutCalls(tasks: TaskLike[]): TaskLike[] {
  const own = tasks.filter(({ stepType }) => stepType !== 'tool-call');
  return own.length > 0 ? own : tasks;
}

function combine(tasks: TaskLike[]): StepState {
  const status = WORST.find((candidate) => tasks.some((task) => task.status === candidate)) ?? 'queued';
  const durations = tasks.map((task) => task.durationMs).filter((ms): ms is number => typeof ms === 'number');
  const error = tasks.find((task) => task.error?.message)?.error?.message;
  const attempts = Math.max(1, ...tasks.map((task) => task.attempt ?? 1));
  return {
    status,
    count: tasks.length,
    attempts,
    ...(durations.length > 0 && { durationMs: durations.reduce((sum, ms) => sum + ms, 0) }),
    ...(error !== undefined && status === 'failed' && { error }),
    ...costOf(tasks),
  };
}

function costOf(tasks: TaskLike[]): { cost?: string } {
  const costs = tasks.map((task) => task.usage?.cost).filter((cost) => cost !== undefined && cost !== null);
  const total = costs.reduce((sum, cost) => sum + Number(cost.amount), 0);
  if (total <= 0) return {};
  const currency = costs[0]?.currency ?? 'USD';
  return { cost: new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 4 }).format(total) };
}
