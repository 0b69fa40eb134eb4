import type { Money } from '../api/types';

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const dayOfYear = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
const full = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/** Milliseconds as a person says them: `12 ms`, `2.3 s`, `4 min 10 s`. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  if (ms < 1) return '<1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A time near now in words, an older one as a date. */
export function formatTime(iso: string | null | undefined, now = Date.now()): string {
  if (!iso) return '–';
  const at = new Date(iso);
  const seconds = Math.round((now - at.getTime()) / 1000);
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86_400 && at.getDate() === new Date(now).getDate()) return clock.format(at);
  return `${(at.getFullYear() === new Date(now).getFullYear() ? day : dayOfYear).format(at)}, ${clock.format(at)}`;
}

/** How long from now until a time: `in 5 min`, `in 2 h 10 min`, `in 3 days`. */
export function formatUntil(iso: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (seconds <= 0) return 'now';
  if (seconds < 60) return `in ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `in ${minutes} min`;
  const rest = minutes % 60;
  if (minutes < 24 * 60) return `in ${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
  const days = Math.round(minutes / (24 * 60));
  return `in ${days} day${days === 1 ? '' : 's'}`;
}

/** A time by the clock of a time zone, with the name of the zone's time: `Mon, Jan 5, 2026, 06:00 GMT+1`. */
export function formatZoned(iso: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short' });
  return format.format(new Date(iso));
}

/** Bytes as `512 MB` or `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1e6;
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${Number((megabytes / 1000).toFixed(1))} GB`;
}

/** A date with its time, past or to come: `Jan 5, 2026, 06:00`. */
export const formatDate = (iso: string): string => minute.format(new Date(iso));

/** To the second, for what is compared with a log. */
export const formatFullTime = (iso: string): string => full.format(new Date(iso));

/** Money with as many digits as small prices need; nothing for nothing. */
export function formatMoney(money: Money | null | undefined): string | null {
  if (!money || Number(money.amount) === 0) return null;
  return new Intl.NumberFormat('en', { style: 'currency', currency: money.currency, maximumFractionDigits: 4 }).format(Number(money.amount));
}

export const formatJson = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? ''));
