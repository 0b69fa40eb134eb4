import { expect, it } from 'vitest';
import { describeDuration, durationError } from './durations';

it('says durations in words, and nothing for what is none', () => {
  expect(['PT10M', 'P1DT12H', 'PT1H30M', 'PT0.5S', 'PT1S'].map(describeDuration)).toEqual(['10 minutes', '1 day 12 hours', '1 hour 30 minutes', '0.5 seconds', '1 second']);
  expect(['', 'soon', '{{ trigger.wait }}', 'PT'].map(describeDuration)).toEqual(['', '', '', '']);
  expect([durationError('PT10M'), durationError('')]).toEqual([undefined, undefined]);
  expect(durationError('10 minutes')).toContain('PT30S');
});
