import { ApiProblem, post } from '../../../api/http';
import { startUrlOf } from '../sso/startUrl';

/** Loads the application anew: nothing of another organization is left, and the cookie brings the session back. */
export const goTo = (path: string): void => window.location.assign(path);

/** Goes on in another organization of the user's: where that takes single sign-on only, by its identity provider. */
export async function switchTo(organization: string, path = '/'): Promise<void> {
  try {
    await post(`/api/v1/organizations/${organization}/switch`);
    goTo(path);
  } catch (error) {
    const start = error instanceof ApiProblem && error.code === 'sso-required' ? startUrlOf(error) : undefined;
    if (start === undefined) throw error;
    goTo(start);
  }
}
