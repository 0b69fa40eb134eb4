import { expect, it } from 'vitest';
import { describeSchedule } from './schedule';

it.each([
  [{ cron: '0 6 * * 1-5' }, 'At 06:00, Monday through Friday'],
  [{ cron: '*/15 * * * *' }, 'Every 15 minutes'],
  [{ cron: 'nonsense' }, 'nonsense'],
  [{ every: 'PT15M' }, 'Every 15 minutes'],
  [{ every: 'PT1H' }, 'Every hour'],
  [{ every: 'P1DT12H' }, 'Every 1 day 12 hours'],
  [{ every: 'soon' }, 'soon'],
  [{ at: '2026-12-31T18:00' }, 'Once'],
  [{}, '–'],
])('says %j in words', (when, words) => {
  expect(describeSchedule(when)).toBe(words);
});
