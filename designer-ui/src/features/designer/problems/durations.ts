import { t } from '../../../i18n';
const DURATION = /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;

/** What is wrong with a duration as `PT30S`; undefined when nothing is. */
export function durationError(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' || DURATION.test(trimmed) ? undefined : t('As PT30S, PT5M, PT2H or P1D');
}

/** `PT1H30M` as `1 hour 30 minutes`; empty for what is no duration. */
export function describeDuration(text: string): string {
  const parts = DURATION.exec(text.trim());
  if (!parts) return '';
  const of = (part: string | undefined, word: string): string => {
    const count = Number.parseFloat(part ?? '0');
    return count > 0 ? `${count} ${word}${count === 1 ? '' : 's'}` : '';
  };
  return [of(parts[1], 'day'), of(parts[3], 'hour'), of(parts[4], 'minute'), of(parts[5], 'second')].filter(Boolean).join(' ');
}
