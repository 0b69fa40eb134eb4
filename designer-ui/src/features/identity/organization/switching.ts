import { post } from '../../../api/http';

/** Loads the application anew: nothing of another organization is left, and the cookie brings the session back. */
export const goTo = (path: string): void => window.location.assign(path);

/** Goes on in another organization of the user's. */
export async function switchTo(organization: string, path = '/'): Promise<void> {
  await post(`/api/v1/organizations/${organization}/switch`);
  goTo(path);
}
