import { t } from '../../../i18n';
const DURATION = /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;

/** What is wrong with a duration as `PT30S`; undefined when nothing is. */
export function durationError(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' || DURATION.test(trimmed) ? undefined : t('As PT30S, PT5M, PT2H or P1D');
}
