import { describe, expect, it } from 'vitest';
import { formatDate, formatDuration, formatMoney, formatTime, formatUntil, formatZoned } from './format';

describe('format', () => {
  it('says durations as people do', () => {
    expect([0, 3, 2300, 250_000, 7_260_000, null].map(formatDuration)).toEqual(['<1 ms', '3 ms', '2.3 s', '4 min 10 s', '2 h 1 min', '–']);
  });

  it('says near times in words', () => {
    const now = Date.parse('2026-01-02T12:00:00Z');
    expect(formatTime('2026-01-02T11:59:50Z', now)).toBe('just now');
    expect(formatTime('2026-01-02T11:50:00Z', now)).toBe('10 min ago');
    expect(formatTime('2025-06-02T12:00:00', now)).toBe('Jun 2, 2025, 12:00');
    expect(formatTime('2026-01-01T02:00:00', now)).toBe('Jan 1, 02:00');
  });

  it('says dates to the minute', () => {
    expect(formatDate('2026-01-05T00:07:59')).toBe('Jan 5, 2026, 00:07');
  });

  it('says how long it is until a time', () => {
    const now = Date.parse('2026-01-02T12:00:00Z');
    const times = ['11:59:00', '12:00:30', '12:05:00', '14:10:00', '15:00:00'].map((time) => `2026-01-02T${time}Z`);
    expect([...times, '2026-01-05T12:00:00Z'].map((time) => formatUntil(time, now))).toEqual(['now', 'in 30 s', 'in 5 min', 'in 2 h 10 min', 'in 3 h', 'in 3 days']);
  });

  it('shows times by the clock of their zone', () => {
    expect(formatZoned('2026-07-01T04:00:00Z', 'Europe/Berlin')).toBe('Wed, Jul 1, 2026, 06:00 GMT+2');
  });

  it('shows small costs and hides none', () => {
    expect(formatMoney({ amount: '0.0121', currency: 'USD' })).toBe('$0.0121');
    expect(formatMoney({ amount: '0', currency: 'USD' })).toBeNull();
  });
});
