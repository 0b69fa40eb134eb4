import type { JsonObject } from '../../../diagram/dialect';
import type { JsonSchema } from '../../../diagram';

/** The step type of the trigger that the clock fires. */
export const SCHEDULE = 'schedule';

/** The three ways to say when; a schedule has one of them. */
export const MODES = ['cron', 'every', 'at'] as const;
export type Mode = (typeof MODES)[number];

export interface Preset {
  label: string;
  value: string;
}

export const PRESETS: Record<Mode, Preset[]> = {
  cron: [
    { label: 'Every hour', value: '0 * * * *' },
    { label: 'Every day', value: '0 6 * * *' },
    { label: 'Weekdays', value: '0 8 * * 1-5' },
    { label: 'Mondays', value: '0 9 * * 1' },
    { label: 'Monthly', value: '0 6 1 * *' },
  ],
  every: [
    { label: '5 min', value: 'PT5M' },
    { label: '15 min', value: 'PT15M' },
    { label: '1 hour', value: 'PT1H' },
    { label: '1 day', value: 'P1D' },
  ],
  at: [],
};

/** What a schedule that was just chosen says. */
export const firstSchedule = (): JsonObject => ({ cron: '0 6 * * *', timeZone: ownZone() });

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Every zone that the browser knows, UTC first, and the one that the file names. */
export function timeZones(named: unknown): string[] {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return typeof named === 'string' && named && !known.includes(named) ? [...known, named] : known;
}

/** Which way the settings take; undefined where they say none yet. */
export function modeOf(values: JsonObject): Mode | undefined {
  return MODES.find((mode) => typeof values[mode] === 'string');
}

/** The settings in another way, with something to begin with. */
export function switched(values: JsonObject, mode: Mode, now = new Date()): JsonObject {
  const rest = Object.fromEntries(Object.entries(values).filter(([key]) => !MODES.includes(key as Mode)));
  const zone = typeof rest.timeZone === 'string' && rest.timeZone ? rest.timeZone : ownZone();
  return { [mode]: PRESETS[mode].at(mode === 'cron' ? 1 : 2)?.value ?? tomorrow(now), ...rest, timeZone: zone };
}

function tomorrow(now: Date): string {
  const day = new Date(now.getTime() + 86_400_000);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}T09:00`;
}

/** The schema with the fields of one way only. */
export function schemaOf(schema: JsonSchema, mode: Mode): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name === mode || !MODES.includes(name as Mode));
  return { ...schema, properties: Object.fromEntries(properties.filter(([name]) => name !== 'timeZone' || mode !== 'every')) };
}

/** `2026-12-31T18:00`, which a date field can show; with an offset it is shown as text. */
export const isLocalTime = (value: unknown): boolean => value === undefined || value === '' || (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(value));
