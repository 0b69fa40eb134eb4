import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../api/http';
import { takenByColleague, whyEnded } from './useListening';

describe('listening at a path that somebody else listens at', () => {
  it('names the colleague and the workflow', () => {
    const taken = new ApiProblem(409, 'webhook-listening-taken', 'detail', [], undefined, { listener: 'Ada', workflowName: 'Orders' });

    expect(takenByColleague(taken)).toBe('Ada listens at this path for the workflow “Orders”.');
  });

  it('offers no takeover from another organization or for other errors', () => {
    expect(takenByColleague(new ApiProblem(409, 'webhook-listening-taken', 'in use', [], undefined, { expiresAt: '2026-11-25T08:00:00Z' }))).toBeUndefined();
    expect(takenByColleague(new ApiProblem(409, 'workflow-has-no-webhook', 'no webhook'))).toBeUndefined();
    expect(takenByColleague(new Error('offline'))).toBeUndefined();
  });

  it('says why it ended', () => {
    const ended = (status: string, by?: string) => whyEnded({ status, ...(by && { by }) });

    expect(ended('taken-over', 'Ada')).toBe('Ada has taken this path over for another workflow.');
    expect(ended('stopped')).toBe('Somebody stopped it.');
    expect(ended('deleted')).toBe('The workflow was deleted.');
  });
});
