import { ApiProblem } from '../../../api/http';

/** Where the browser goes to come by single sign-on, as a refusal of the hub says it. */
export function startUrlOf(error: unknown): string | undefined {
  const url = error instanceof ApiProblem ? error.members.startUrl : undefined;
  return typeof url === 'string' && url.startsWith('/auth/sso/start') ? url : undefined;
}
