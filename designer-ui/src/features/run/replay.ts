import type { Run, Task, Usage } from '../../api/types';

const NOTHING_YET: Usage = { inputTokens: 0, outputTokens: 0, cost: { amount: '0', currency: 'USD' } };

/** The moments of a run at which something began or ended, in order. */
export function moments(run: Run, tasks: readonly Task[]): number[] {
  const times = [run.startedAt, ...(run.path ?? []).map(({ at }) => at), ...tasks.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]), run.endedAt];
  return [...new Set(times.filter((time): time is string => Boolean(time)).map((time) => Date.parse(time)))].sort((a, b) => a - b);
}

/** The tasks as they were at a moment: what had not begun is left out, what had not ended runs. */
export function tasksAt(tasks: readonly Task[], moment: number): Task[] {
  return tasks
    .filter(({ startedAt }) => Date.parse(startedAt) <= moment)
    .map((task) =>
      task.endedAt && Date.parse(task.endedAt) > moment ? { ...task, status: 'running' as const, error: null, durationMs: null, usage: NOTHING_YET } : task,
    );
}

export const pathAt = (run: Run, moment: number): { flowId: string }[] => (run.path ?? []).filter(({ at }) => Date.parse(at) <= moment);
