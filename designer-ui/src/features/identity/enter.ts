import { answer } from '../../api/http';
import { session, type Tokens } from '../../api/session';

/** Signs in or up: on success the session begins. */
export async function enter(path: '/auth/login' | '/auth/register', body: Record<string, string>): Promise<void> {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  session.begin((await answer<Tokens>(response)).data);
}

/** Tells the hub something without being signed in. */
export async function tell(path: '/auth/verify-email' | '/auth/password/forgot' | '/auth/password/reset', body: Record<string, string>): Promise<void> {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  await answer<undefined>(response);
}
