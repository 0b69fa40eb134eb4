import { ApiProblem } from '../api/http';

/** What to tell a person about a failure. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.status >= 500 && error.traceId ? `${error.message} (trace ${error.traceId})` : error.message;
  return error instanceof Error ? error.message : 'Something went wrong. Try again.';
}

/** The messages of an input's violations, by field path (`/values/token` is `values.token`). */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.violations.map(({ pointer = '', message = '' }) => [pointer.replace(/^#?\//, '').replaceAll('/', '.'), message]));
}
