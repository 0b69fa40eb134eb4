import { describe, expect, it } from 'vitest';
import { formatDuration, formatMoney, formatTime } from './format';

describe('format', () => {
  it('says durations as people do', () => {
    expect([0, 3, 2300, 250_000, 7_260_000, null].map(formatDuration)).toEqual(['<1 ms', '3 ms', '2.3 s', '4 min 10 s', '2 h 1 min', '–']);
  });

  it('says near times in words', () => {
    const now = Date.parse('2026-01-02T12:00:00Z');
    expect(formatTime('2026-01-02T11:59:50Z', now)).toBe('just now');
    expect(formatTime('2026-01-02T11:50:00Z', now)).toBe('10 min ago');
  });

  it('shows small costs and hides none', () => {
    expect(formatMoney({ amount: '0.0121', currency: 'USD' })).toBe('$0.0121');
    expect(formatMoney({ amount: '0', currency: 'USD' })).toBeNull();
  });
});
