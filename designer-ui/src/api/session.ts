import type { components } from './schema';

export type Tokens = components['schemas']['Tokens'];

const AHEAD_MS = 30_000;
const LONGEST_WAIT_S = 60;

/** The signed-in session: the access token stays in memory, the refresh token in a cookie that script cannot read. */
class Session {
  #token: string | undefined;
  #renewing: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<() => void>();

  token(): string | undefined {
    return this.#token;
  }

  signedIn = (): boolean => this.#token !== undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  begin(tokens: Tokens): void {
    this.#token = tokens.accessToken;
    clearTimeout(this.#timer);
    const lifetime = (tokens.expiresIn ?? 300) * 1000;
    this.#timer = setTimeout(() => void this.renew(), Math.max(lifetime - AHEAD_MS, AHEAD_MS));
    this.#tell();
  }

  end(): void {
    if (this.#token === undefined) return;
    this.#token = undefined;
    clearTimeout(this.#timer);
    this.#tell();
  }

  /** Takes a new access token for the refresh cookie; callers at the same time share one request. */
  renew(): Promise<boolean> {
    this.#renewing ??= this.#refresh().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #refresh(): Promise<boolean> {
    try {
      const response = await fetch('/auth/refresh', { method: 'POST' });
      if (response.status === 429) {
        // many pages of one office at once: the sign-in goes on, a little later
        await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(Number(response.headers.get('Retry-After')) || 1, LONGEST_WAIT_S)));
        return await this.#refresh();
      }
      if (!response.ok) {
        if (response.status === 401 || response.status === 403) this.end();
        return false;
      }
      this.begin((await response.json()) as Tokens);
      return true;
    } catch {
      return false;
    }
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }
}

export const session = new Session();
