const FOR_THE_PERSON = 0.4;
const FREE = 0.3;

/** So many does a page ask when it refreshes. */
const REQUESTS_AT_ONCE = 2;

/**
 * What the hub lets the signed-in person ask for in this minute, by the `RateLimit-…` of its answers. What pages ask for by
 * themselves keeps a share of it free for what the person does.
 */
export class Allowance {
  #limit = Infinity;
  #remaining = Infinity;
  #resetAt = 0;

  hear(headers: Headers, now = Date.now()): void {
    const said = (name: string): number => Number(headers.get(`RateLimit-${name}`) ?? NaN);
    const [limit, remaining, reset] = [said('Limit'), said('Remaining'), said('Reset')];
    if (Number.isNaN(limit + remaining + reset)) return;
    this.#limit = limit;
    this.#remaining = remaining;
    this.#resetAt = now + reset * 1000;
  }

  /** How long what nobody has asked for waits before it is asked for again: hardly at all at first, until the minute is over at last. */
  pause(least: number, now = Date.now()): number {
    const left = this.#resetAt - now;
    if (left <= 0 || this.#limit === Infinity) return least;
    const spare = this.#remaining - this.#limit * FOR_THE_PERSON;
    if (spare > this.#limit * FREE) return least;
    return Math.max(least, spare <= 0 ? left : (left * REQUESTS_AT_ONCE) / spare);
  }
}

export const allowance = new Allowance();

/** A `refetchInterval` of this time, or a longer one where the hub's limit comes near. */
export const every = (ms: number) => (): number => allowance.pause(ms);
