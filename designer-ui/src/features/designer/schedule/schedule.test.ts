import { expect, it } from 'vitest';
import { isLocalTime, modeOf, schemaOf, switched, timeZones } from './schedule';

it('knows which way the settings take', () => {
  expect([{ cron: '0 6 * * *' }, { every: 'PT1H' }, { at: '' }, { timeZone: 'UTC' }].map(modeOf)).toEqual(['cron', 'every', 'at', undefined]);
});

it('takes one way only and keeps the rest', () => {
  const values = { cron: '0 6 * * *', timeZone: 'Europe/Berlin', missed: 'skip', input: { a: 1 } };
  expect(switched(values, 'every')).toEqual({ every: 'PT1H', timeZone: 'Europe/Berlin', missed: 'skip', input: { a: 1 } });
  expect(switched({}, 'at', new Date(2026, 11, 31, 12))).toMatchObject({ at: '2027-01-01T09:00' });
});

it('shows the fields of one way', () => {
  const schema = { properties: { cron: {}, every: {}, at: {}, timeZone: {}, missed: {} } };
  expect(Object.keys(schemaOf(schema, 'cron').properties ?? {})).toEqual(['cron', 'timeZone', 'missed']);
  expect(Object.keys(schemaOf(schema, 'every').properties ?? {})).toEqual(['every', 'missed']);
});

it('keeps a zone that the browser does not know', () => {
  expect(timeZones('Mars/Base').at(-1)).toBe('Mars/Base');
  expect(timeZones('Europe/Berlin').filter((zone) => zone === 'Europe/Berlin')).toHaveLength(1);
});

it('tells times of a clock from times with an offset', () => {
  expect(['2026-12-31T18:00', '2026-12-31T18:00:00Z', '', undefined].map(isLocalTime)).toEqual([true, false, true, true]);
});
