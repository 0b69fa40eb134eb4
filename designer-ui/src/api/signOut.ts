import type { QueryClient } from '@tanstack/react-query';
import { post } from './http';
import type { components } from './schema';
import { session } from './session';

/** What the names of entries begin with that the designer keeps; the appearance is nobody's and stays. */
const KEPT = 'cadre.pins.';

/** Ends the sign-in: here and, where an identity provider let the person in, there too. */
export async function signOut(queries: QueryClient, go = (address: string): void => window.location.assign(address)): Promise<void> {
  const out = await post<components['schemas']['SignedOut']>('/auth/logout').catch(() => undefined);
  session.end();
  queries.clear();
  forget();
  if (out?.continueAt) go(out.continueAt);
}

/** What people have kept in this browser of their workflows' data goes with them. */
function forget(): void {
  Object.keys(localStorage)
    .filter((key) => key.startsWith(KEPT))
    .forEach((key) => localStorage.removeItem(key));
}
