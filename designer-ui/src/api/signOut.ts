import type { QueryClient } from '@tanstack/react-query';
import { post } from './http';
import type { components } from './schema';
import { session } from './session';

/** Ends the sign-in: here and, where an identity provider let the person in, there too. */
export async function signOut(queries: QueryClient, go = (address: string): void => window.location.assign(address)): Promise<void> {
  const out = await post<components['schemas']['SignedOut']>('/auth/logout').catch(() => undefined);
  session.end();
  queries.clear();
  if (out?.continueAt) go(out.continueAt);
}
