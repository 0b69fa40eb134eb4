import { answer } from '../../api/http';
import { session, type Tokens } from '../../api/session';

type Body = Record<string, string>;

/** Signs in or up: on success the session begins. */
export async function enter(path: '/auth/login' | '/auth/register' | '/auth/invitations/join', body: Body): Promise<void> {
  session.begin(await ask<Tokens>(path, body));
}

/** Tells the hub something without being signed in. */
export async function tell(path: '/auth/verify-email' | '/auth/password/forgot' | '/auth/password/reset', body: Body): Promise<void> {
  await ask<undefined>(path, body);
}

/** Asks the hub something without being signed in. */
export async function ask<T>(path: string, body: Body): Promise<T> {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return (await answer<T>(response)).data;
}
