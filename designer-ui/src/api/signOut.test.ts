// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { session } from './session';
import { signOut } from './signOut';

const server = setupServer(http.post('/auth/logout', () => HttpResponse.json({ continueAt: null })));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
afterEach(() => server.resetHandlers());

it('stays here after a sign-in by password', async () => {
  const go = vi.fn();
  session.begin({ accessToken: 't', tokenType: 'Bearer', expiresIn: 900 } as never);
  await signOut(new QueryClient(), go);
  expect(session.signedIn()).toBe(false);
  expect(go).not.toHaveBeenCalled();
});

it('goes on to the identity provider that let the person in', async () => {
  server.use(http.post('/auth/logout', () => HttpResponse.json({ continueAt: 'https://login.example.com/end?id_token_hint=x' })));
  const go = vi.fn();
  await signOut(new QueryClient(), go);
  expect(go).toHaveBeenCalledWith('https://login.example.com/end?id_token_hint=x');
});

it('is out here although the hub does not answer', async () => {
  server.use(http.post('/auth/logout', () => HttpResponse.error()));
  session.begin({ accessToken: 't', tokenType: 'Bearer', expiresIn: 900 } as never);
  await signOut(new QueryClient());
  expect(session.signedIn()).toBe(false);
});

it('takes what was kept of workflows out of the browser', async () => {
  localStorage.setItem('cadre.pins.w', '{"fetch":{"customer":"Ada"}}');
  localStorage.setItem('mantine-color-scheme-value', 'dark');
  await signOut(new QueryClient());
  expect(localStorage.getItem('cadre.pins.w')).toBeNull();
  expect(localStorage.getItem('mantine-color-scheme-value')).toBe('dark');
});
