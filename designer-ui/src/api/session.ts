import type { components } from './schema';

export type Tokens = components['schemas']['Tokens'];

const AHEAD_MS = 30_000;
const LONGEST_WAIT_S = 60;
const LONGEST_TURN_MS = 5_000;

/**
 * How long to wait each time that the hub says another tab is renewing. The last try comes when its ten seconds for that are
 * over: a cookie that was lost, or stolen, ends the sign-in then, and nobody waits for it for ever.
 */
const PAUSES_MS = [250, 500, 1000, 2000, 2000, 2000, 2000, 2000];

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Tokens without a name are of a test. */
const whoOf = ({ user, organization }: Tokens): string | undefined => (user?.id && organization?.id ? `${user.id} ${organization.id}` : undefined);

/** The signed-in session: the access token stays in memory, the refresh token in a cookie that script cannot read. */
class Session {
  #token: string | undefined;
  #who: string | undefined;
  #left = false;
  #renewing: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<() => void>();
  #others = new Set<() => void>();
  #leavers = new Set<(tokens: Tokens) => void>();

  token(): string | undefined {
    return this.#token;
  }

  /** Who works here, and in which organization: it is compared only. */
  who(): string | undefined {
    return this.#who;
  }

  /** Whether the browser works for somebody else by now, or in another organization: this page sends nothing any more. */
  hasLeft(): boolean {
    return this.#left;
  }

  signedIn = (): boolean => this.#token !== undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Told before somebody else goes on here, or in another organization: what is known of the one before must go. */
  whenOther(listener: () => void): () => void {
    this.#others.add(listener);
    return () => this.#others.delete(listener);
  }

  /** Told where the cookie has become somebody else's, or another organization's, while this page works: it must be loaded anew. */
  whenLeft(listener: (tokens: Tokens) => void): () => void {
    this.#leavers.add(listener);
    return () => this.#leavers.delete(listener);
  }

  /** Somebody signs in. */
  begin(tokens: Tokens): void {
    if (this.#isOther(tokens)) this.#others.forEach((listener) => listener());
    this.#token = tokens.accessToken;
    this.#who = whoOf(tokens);
    clearTimeout(this.#timer);
    const lifetime = (tokens.expiresIn ?? 300) * 1000;
    this.#timer = setTimeout(() => void this.renew(), Math.max(lifetime - AHEAD_MS, AHEAD_MS));
    this.#tell();
  }

  end(): void {
    if (this.#token === undefined || this.#left) return;
    this.#token = undefined;
    clearTimeout(this.#timer);
    this.#tell();
  }

  /** Takes a new access token for the refresh cookie; callers at the same time share one request. */
  renew(): Promise<boolean> {
    if (this.#left) return Promise.resolve(false);
    this.#renewing ??= this.#refresh().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #refresh(): Promise<boolean> {
    try {
      const response = await this.#ask();
      if (response.status === 429) {
        // many pages of one office at once: the sign-in goes on, a little later
        await after(1000 * Math.min(Number(response.headers.get('Retry-After')) || 1, LONGEST_WAIT_S));
        return await this.#refresh();
      }
      if (!response.ok) {
        if (response.status === 401 || response.status === 403) this.end();
        return false;
      }
      return this.#goOn((await response.json()) as Tokens);
    } catch {
      return false;
    }
  }

  /** Tabs have one cookie, which works once: they ask one after the other where the browser lets them agree on it. */
  async #ask(): Promise<Response> {
    let response = await oneTabAtATime(renewal);
    for (const pause of PAUSES_MS) {
      if (response.status !== 409) break;
      await after(pause);
      response = await oneTabAtATime(renewal);
    }
    return response;
  }

  /** A page that works for one person in one organization never goes on with another's token. */
  #goOn(tokens: Tokens): boolean {
    if (this.#token === undefined || !this.#isOther(tokens)) {
      this.begin(tokens);
      return true;
    }
    this.#left = true;
    clearTimeout(this.#timer);
    this.#leavers.forEach((listener) => listener(tokens));
    return false;
  }

  #isOther(tokens: Tokens): boolean {
    const who = whoOf(tokens);
    return this.#who !== undefined && who !== undefined && who !== this.#who;
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }
}

/** The request outlives the page: a cookie that came to nobody would be used, and the sign-in over. */
const renewal = (): Promise<Response> => fetch('/auth/refresh', { method: 'POST', keepalive: true });

/**
 * Browsers have locks where they trust the connection; elsewhere, and where another tab sleeps with the lock in its hand, the hub
 * tells all tabs but one to try again.
 */
async function oneTabAtATime(work: () => Promise<Response>): Promise<Response> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return work();
  let begun = false;
  const holding = (): Promise<Response> => {
    begun = true;
    return work();
  };
  try {
    return await locks.request('cadre-refresh', { signal: AbortSignal.timeout(LONGEST_TURN_MS) }, holding);
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}

export const session = new Session();
