// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { post } from './http';
import { moved, moveOn } from './moved';
import type { Tokens } from './session';

const ADA = { id: 'u1', email: 'ada@example.com', name: 'Ada' };
const BOB = { id: 'u2', email: 'bob@example.com', name: 'Bob' };
const X = { id: 'x', name: 'Engines', role: 'owner' };
const Y = { id: 'y', name: 'Looms', role: 'owner' };

const tokens = (accessToken: string, organization: object = X, user: object = ADA): Tokens => ({ accessToken, tokenType: 'Bearer', expiresIn: 900, user, organization }) as Tokens;

type Sent = { path: string; token: string | null; keepalive?: boolean };
let sent: Sent[] = [];
let hub: (request: Sent) => Response | Promise<Response>;
let session: typeof import('./session').session;
let call: typeof post;

const ok = (body: unknown): Response => Response.json(body);
const refused = (status: number, code: string, headers?: HeadersInit): Response => Response.json({ code, detail: code }, { status, headers });
const renewals = (): Sent[] => sent.filter(({ path }) => path === '/auth/refresh');

// one for each test: a page that has left stays so
beforeEach(async () => {
  vi.resetModules();
  ({ session } = await import('./session'));
  call = (await import('./http')).post;
  sent = [];
  hub = () => refused(500, 'unexpected');
  vi.stubGlobal('fetch', (path: string, options: RequestInit = {}) => {
    const request = { path, token: new Headers(options.headers).get('Authorization'), keepalive: options.keepalive };
    sent.push(request);
    return Promise.resolve(hub(request));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  window.sessionStorage.clear();
});

it('tries again while another tab is renewing, with the cookie that it got', async () => {
  vi.useFakeTimers();
  hub = () => (renewals().length < 3 ? refused(409, 'session-renewing') : ok(tokens('new')));
  const renewing = session.renew();
  await vi.advanceTimersByTimeAsync(800);
  expect(await renewing).toBe(true);
  expect(session.token()).toBe('new');
  expect(renewals()).toHaveLength(3);
});

it('asks a last time when the ten seconds of the hub are over, and never for ever', async () => {
  vi.useFakeTimers();
  const begun = Date.now();
  session.begin(tokens('old'));
  hub = () => (Date.now() - begun > 10_000 ? refused(401, 'session-ended') : refused(409, 'session-renewing'));
  const renewing = session.renew();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await renewing).toBe(false);
  expect(session.signedIn()).toBe(false);
  const asked = renewals().length;
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(renewals()).toHaveLength(asked);
  expect(asked).toBeLessThan(10);
});

it('stops asking where the hub says nothing else', async () => {
  vi.useFakeTimers();
  hub = () => refused(409, 'session-renewing');
  const renewing = session.renew();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await renewing).toBe(false);
  expect(renewals()).toHaveLength(9);
});

it('lets the request outlive the page, so that its cookie is not lost', async () => {
  hub = () => ok(tokens('new'));
  await session.renew();
  expect(renewals()[0]?.keepalive).toBe(true);
});

it('waits for its turn among the tabs of a browser', async () => {
  const turns: string[] = [];
  vi.stubGlobal('navigator', {
    locks: {
      request: async (name: string, _: unknown, work: () => Promise<Response>) => {
        turns.push(`${name} ${renewals().length}`);
        const response = await work();
        turns.push(`done ${renewals().length}`);
        return response;
      },
    },
  });
  hub = () => ok(tokens('new'));
  expect(await session.renew()).toBe(true);
  expect(turns).toEqual(['cadre-refresh 0', 'done 1']);
});

it('does not wait for a tab that sleeps during its turn', async () => {
  vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('too long', 'TimeoutError')) } });
  hub = () => ok(tokens('new'));
  expect(await session.renew()).toBe(true);
  expect(renewals()).toHaveLength(1);
});

it('never takes the token of another organization that another tab went on in', async () => {
  const left = vi.fn();
  session.whenLeft(left);
  session.begin(tokens('of-x'));
  hub = ({ path }) => (path === '/auth/refresh' ? ok(tokens('of-y', Y)) : refused(401, 'unauthenticated'));

  const saving = call('/api/v1/connections', { secret: 'of X' });

  await expect(saving).rejects.toMatchObject({ code: 'working-elsewhere' });
  expect(left).toHaveBeenCalledExactlyOnceWith(tokens('of-y', Y));
  expect(sent.map(({ path, token }) => `${path} ${token}`)).toEqual(['/api/v1/connections Bearer of-x', '/auth/refresh null']);
  // nothing goes out of this page any more, and it stays as it is until the browser loads the other one
  await expect(call('/api/v1/connections', {})).rejects.toMatchObject({ code: 'working-elsewhere' });
  expect(sent).toHaveLength(2);
  session.end();
  expect(session.signedIn()).toBe(true);
  expect(await session.renew()).toBe(false);
});

it('leaves when its own clock renews for somebody else', async () => {
  vi.useFakeTimers();
  const left = vi.fn();
  session.whenLeft(left);
  session.begin(tokens('of-ada'));
  hub = () => ok(tokens('of-bob', X, BOB));
  await vi.advanceTimersByTimeAsync(900_000);
  expect(left).toHaveBeenCalledOnce();
  expect(session.token()).toBe('of-ada');
});

it('goes on where nothing has changed, and sends again what the old token was too old for', async () => {
  const left = vi.fn();
  session.whenLeft(left);
  session.begin(tokens('old'));
  hub = ({ path, token }) => (path === '/auth/refresh' ? ok(tokens('new')) : token === 'Bearer new' ? ok({ done: true }) : refused(401, 'unauthenticated'));
  expect(await call('/api/v1/runs', {})).toEqual({ done: true });
  expect(left).not.toHaveBeenCalled();
});

it('sends nothing again as somebody who signed in meanwhile', async () => {
  session.begin(tokens('of-ada'));
  hub = ({ path }) => {
    if (path === '/auth/refresh') return ok(tokens('of-bob', Y, BOB));
    session.end();
    return refused(401, 'unauthenticated');
  };
  await expect(call('/api/v1/runs', {})).rejects.toMatchObject({ code: 'working-elsewhere' });
  expect(sent.filter(({ path }) => path === '/api/v1/runs')).toHaveLength(1);
});

it('forgets what it knows of the one before when somebody else signs in on the same page', () => {
  const other = vi.fn();
  session.whenOther(other);
  session.begin(tokens('a'));
  session.end();
  session.begin(tokens('b'));
  expect(other).not.toHaveBeenCalled();
  session.end();
  session.begin(tokens('c', X, BOB));
  expect(other).toHaveBeenCalledOnce();
  expect(session.token()).toBe('c');
});

it('says once, on the page that opens, where the tab has gone', () => {
  const go = vi.fn();
  moveOn(tokens('of-y', Y), go);
  expect(go).toHaveBeenCalledWith('/');
  expect(moved()).toEqual({ organization: 'Looms', email: 'ada@example.com' });
  expect(moved()).toBeUndefined();
});
