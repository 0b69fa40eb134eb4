import cronstrue from 'cronstrue';

/** When something happens again, as the settings of a schedule say it. */
export interface When {
  cron?: string | null;
  every?: string | null;
  at?: string | null;
}

const UNITS = [
  ['days', 'day'],
  ['hours', 'hour'],
  ['minutes', 'minute'],
  ['seconds', 'second'],
] as const;

const DURATION = /^P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/i;

/** `At 06:00 AM, Monday through Friday`, `Every 15 minutes`, `Once`; the settings as they are where they say nothing. */
export function describeSchedule({ cron, every, at }: When): string {
  if (cron) return describeCron(cron);
  if (every) return describeInterval(every);
  return at ? 'Once' : '–';
}

function describeCron(cron: string): string {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true });
  } catch {
    return cron;
  }
}

function describeInterval(iso: string): string {
  const parts = DURATION.exec(iso.trim())?.groups;
  const words = UNITS.filter(([unit]) => Number(parts?.[unit] ?? 0) > 0).map(([unit, word]) => ({ count: Number(parts?.[unit]), word }));
  const [first] = words;
  if (!first) return iso;
  if (words.length === 1 && first.count === 1) return `Every ${first.word}`;
  return `Every ${words.map(({ count, word }) => `${count} ${word}${count === 1 ? '' : 's'}`).join(' ')}`;
}
