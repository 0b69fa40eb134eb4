import type { Tokens } from './session';

const KEY = 'cadre.moved';

/** Where the browser went on in another tab, as a person calls it. */
export interface Moved {
  organization: string;
  email: string;
}

/** Loads the application anew, in the organization and for the person that the cookie is for now; the page that opens says so. */
export function moveOn({ organization, user }: Tokens, go = (address: string): void => window.location.assign(address)): void {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify({ organization: organization.name, email: user.email }));
  } catch {
    // a browser that keeps nothing: the page shows where it is all the same
  }
  go('/');
}

/** What there is to say of it, once. */
export function moved(): Moved | undefined {
  try {
    const kept = window.sessionStorage.getItem(KEY);
    window.sessionStorage.removeItem(KEY);
    return kept === null ? undefined : (JSON.parse(kept) as Moved);
  } catch {
    return undefined;
  }
}
