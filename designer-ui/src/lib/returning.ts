const KEY = 'cadre.return-to';
const GOOD_FOR_MS = 30 * 60_000;

/** Only a page of the application itself: an address of another host would make the hub send people anywhere. */
function isOwn(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && URL.canParse(path, window.location.origin) && new URL(path, window.location.origin).origin === window.location.origin;
}

/** Remembers in this tab where to go on after the browser has been at an identity provider. What is behind a # stays here: it is for no server. */
export function returnTo(path: string): void {
  try {
    if (isOwn(path)) window.sessionStorage.setItem(KEY, JSON.stringify({ path, until: Date.now() + GOOD_FOR_MS }));
  } catch {
    // a browser that keeps nothing: the person finds the way by hand
  }
}

/** Where to go on; nothing where nobody was sent away, or long ago. */
export function returning(): string | undefined {
  try {
    const { path, until } = JSON.parse(window.sessionStorage.getItem(KEY) ?? '{}') as { path?: unknown; until?: unknown };
    return typeof path === 'string' && typeof until === 'number' && until > Date.now() && isOwn(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The same, once. */
export function returned(): string | undefined {
  const path = returning();
  try {
    window.sessionStorage.removeItem(KEY);
  } catch {
    // as above
  }
  return path;
}
