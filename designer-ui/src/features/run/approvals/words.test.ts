import { describe, expect, it } from 'vitest';
import type { Approval } from './calls';
import { correctionsOf } from './corrections';
import { isAboutApprovals } from './useApprovalCount';
import { formatDue, whyNot } from './words';

const OPEN = { status: 'waiting', canDecide: false, fourEyes: false, assignees: [] as string[] } as Approval;
const ME = { permissions: ['approval:decide'] };

describe('words about approvals', () => {
  it('say why somebody cannot decide', () => {
    expect(whyNot({ ...OPEN, canDecide: true }, ME)).toBeNull();
    expect(whyNot(OPEN, { permissions: [] })).toBe('Your role may look at approvals, not decide them.');
    expect(whyNot({ ...OPEN, fourEyes: true }, ME)).toBe('You started the run: somebody else must decide.');
    expect(whyNot({ ...OPEN, fourEyes: true, assignees: ['role:admin'] }, ME)).toBe('Only admin and above may decide, and not who started the run.');
  });

  it('say how long there is time', () => {
    const now = Date.parse('2026-01-02T12:00:00Z');
    expect(['2026-01-02T11:59:00Z', '2026-01-02T12:05:00Z', '2026-01-02T15:00:00Z', '2026-01-09T12:00:00Z'].map((at) => formatDue(at, now))).toEqual(['now', 'in 5 min', 'in 3 h', 'in 7 days']);
  });
});

describe('the arguments of a decision', () => {
  const asked = { data: { amount: 5, note: 'old', fixed: 1 }, form: { properties: { amount: { type: 'number' }, note: { type: 'string' }, more: {} } } };

  it('are the fields of the form, those that were emptied included', () => {
    expect(correctionsOf(asked, { amount: 7, more: 'x' })).toEqual({ amount: 7, more: 'x', note: '' });
    expect(correctionsOf(asked, { note: 'new' })).toEqual({ note: 'new', amount: null });
  });

  it('are left out where nothing may be corrected', () => {
    expect(correctionsOf({ data: { amount: 5 }, form: null }, {})).toBeUndefined();
  });
});

describe('what the count listens to', () => {
  const event = { workflowId: 'w', at: '' };
  const open = [{ id: 't1', runId: 'r1' }];

  it('is what begins to wait and what is open, and nothing else of a busy hub', () => {
    expect(isAboutApprovals({ ...event, type: 'task', status: 'waiting', taskId: 't9' }, open)).toBe(true);
    expect(isAboutApprovals({ ...event, type: 'task', status: 'succeeded', taskId: 't1' }, open)).toBe(true);
    expect(isAboutApprovals({ ...event, type: 'run', status: 'cancelled', runId: 'r1' }, open)).toBe(true);
    expect(isAboutApprovals({ ...event, type: 'task', status: 'succeeded', taskId: 't9' }, open)).toBe(false);
    expect(isAboutApprovals({ ...event, type: 'run', status: 'running', runId: 'r1' }, open)).toBe(false);
  });
});
