// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Tokens } from './session';

const ADA = { id: 'u1', email: 'ada@example.com', name: 'Ada' };
const X = { id: 'x', name: 'Engines', role: 'owner' };

const tokens = (accessToken: string, organization: object = X, user: object = ADA): Tokens => ({ accessToken, tokenType: 'Bearer', expiresIn: 900, user, organization }) as Tokens;

type Sent = { path: string; token: string | null; keepalive?: boolean };
let sent: Sent[] = [];
let hub: (request: Sent) => Response | Promise<Response>;
let session: typeof import('./session').session;

const ok = (body: unknown): Response => Response.json(body);
const refused = (status: number, code: string, headers?: HeadersInit): Response => Response.json({ code, detail: code }, { status, headers });
const renewals = (): Sent[] => sent.filter(({ path }) => path === '/auth/refresh');

beforeEach(async () => {
  vi.resetModules();
  ({ session } = await import('./session'));
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
