import { expect, it } from 'vitest';
import { toRunState } from './runState';

it('counts the calls of a tool once, by the tasks of the tool itself', () => {
  const call = { elementId: 'look', stepType: 'tool-call', status: 'succeeded' as const, durationMs: 40 };
  const step = { elementId: 'look', stepType: 'http-request', status: 'succeeded' as const, durationMs: 30 };
  const state = toRunState([call, step, { ...call, elementId: 'refund' }], []);
  expect(state.steps.look).toMatchObject({ count: 1, durationMs: 30 });
  expect(state.steps.refund).toMatchObject({ count: 1, durationMs: 40 });
});
