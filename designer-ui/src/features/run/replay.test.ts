import { describe, expect, it } from 'vitest';
import type { Run, Task } from '../../api/types';
import { moments, pathAt, tasksAt } from './replay';

const at = (second: number): string => new Date(second * 1000).toISOString();
const task = (elementId: string, from: number, to: number): Task =>
  ({ elementId, status: 'succeeded', startedAt: at(from), endedAt: at(to), durationMs: (to - from) * 1000 }) as Task;
const run = { startedAt: at(1), endedAt: at(9), path: [{ flowId: 'f1', at: at(2) }, { flowId: 'f2', at: at(5) }] } as Run;

describe('replay', () => {
  it('steps through everything that happened, once', () => {
    expect(moments(run, [task('a', 2, 5), task('b', 5, 9)])).toEqual([1000, 2000, 5000, 9000]);
  });

  it('shows a step as running until it ended', () => {
    const tasks = [task('a', 2, 5), task('b', 5, 9)];
    expect(tasksAt(tasks, 3000).map(({ elementId, status }) => [elementId, status])).toEqual([['a', 'running']]);
    expect(tasksAt(tasks, 9000).every(({ status }) => status === 'succeeded')).toBe(true);
    expect(pathAt(run, 3000)).toEqual([{ flowId: 'f1', at: at(2) }]);
  });
});
