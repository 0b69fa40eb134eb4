// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { returned, returning, returnTo } from './returning';

beforeEach(() => window.sessionStorage.clear());
afterEach(() => vi.useRealTimers());

describe('the way back', () => {
  it('is kept with what is behind its #, and good once', () => {
    returnTo('/invitation#secret');
    expect(returning()).toBe('/invitation#secret');
    expect(returned()).toBe('/invitation#secret');
    expect(returned()).toBeUndefined();
  });

  it.each(['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example', 'javascript:alert(1)', 'invitation', ''])('never leads to %j', (path) => {
    returnTo(path);
    expect(returning()).toBeUndefined();
    window.sessionStorage.setItem('cadre.return-to', JSON.stringify({ path, until: Date.now() + 1000 }));
    expect(returned()).toBeUndefined();
  });

  it('is forgotten after half an hour', () => {
    vi.useFakeTimers();
    returnTo('/runs');
    vi.advanceTimersByTime(31 * 60_000);
    expect(returning()).toBeUndefined();
  });

  it('is none where the storage holds nonsense or is away', () => {
    window.sessionStorage.setItem('cadre.return-to', '{');
    expect(returned()).toBeUndefined();
    window.sessionStorage.setItem('cadre.return-to', 'null');
    expect(returned()).toBeUndefined();
    const away = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    expect(() => returnTo('/runs')).not.toThrow();
    away.mockRestore();
  });
});
