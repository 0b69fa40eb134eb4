import { describe, expect, it } from 'vitest';
import { StepData } from './StepData';

function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const succeeded = (output: unknown) => ({ status: 'succeeded' as const, input: {}, output, error: null, logs: [], durationMs: 1 });

describe('StepData', () => {
  it('prefers pinned data to a test, and a test to the last run', () => {
    const data = new StepData('w1', storage());
    data.recordRun(new Map([['total', 1]]));
    expect(data.known('total')).toEqual({ source: 'run', value: 1 });
    data.recordTest('total', succeeded(2));
    expect(data.known('total')).toEqual({ source: 'test', value: 2 });
    data.pin('total', 3);
    expect(data.known('total')).toEqual({ source: 'pinned', value: 3 });
    data.unpin('total');
    expect(data.known('total')?.source).toBe('test');
  });

  it('keeps pins for the next visit, of this workflow only', () => {
    const kept = storage();
    new StepData('w1', kept).pin('total', { result: 50 });
    expect(new StepData('w1', kept).known('total')?.value).toEqual({ result: 50 });
    expect(new StepData('w2', kept).known('total')).toBeUndefined();
  });
});
