import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../../api/session';
import { returning, returnTo } from '../../lib/returning';
import { InvitationPage } from './InvitationPage';
import * as switching from './organization/switching';
import { SignInPage } from './SignInPage';
import { ME, show } from './testing';

const OFFER = { organization: 'Looms', invitedBy: 'Bob', email: 'guest@example.com', role: 'member', expiresAt: '2099-01-01T00:00:00Z', hasAccount: true };
let continueAt: string | null = null;

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json(ME)),
  http.post('/auth/invitations/look', () => HttpResponse.json(OFFER)),
  http.post('/auth/logout', () => HttpResponse.json({ continueAt })),
  http.post('/auth/login', () => HttpResponse.json({ code: 'sso-required', detail: 'By single sign-on only.', startUrl: '/auth/sso/start?organization=o2' }, { status: 403 })),
  http.post('/auth/refresh', () => HttpResponse.json({ code: 'session-ended' }, { status: 401 })),
);
const goTo = vi.spyOn(switching, 'goTo');

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  continueAt = null;
  window.sessionStorage.clear();
  session.end();
  goTo.mockReset().mockImplementation(() => undefined);
});

function open(at: string): void {
  show(
    <Routes>
      <Route path="/invitation" element={<InvitationPage />} />
      <Route path="/sign-in" element={<SignInPage />} />
    </Routes>,
    at,
  );
}

it('is come back to after single sign-on, which is not told its token', async () => {
  open('/invitation#secret');
  await userEvent.click(await screen.findByRole('link', { name: 'Sign in' }));
  await userEvent.type(screen.getByLabelText('E-mail'), 'guest@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in with SSO' }));
  expect(goTo).toHaveBeenCalledWith('/auth/sso/start?email=guest%40example.com');
  expect(returning()).toBe('/invitation#secret');
});

it('is come back to where the password was right and single sign-on is required', async () => {
  open('/invitation#secret');
  await userEvent.click(await screen.findByRole('link', { name: 'Sign in' }));
  await userEvent.type(screen.getByLabelText('E-mail'), 'guest@example.com');
  await userEvent.type(screen.getByLabelText('Password', { selector: 'input' }), 'purple elevator');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const link = await screen.findByRole('link', { name: 'Sign in with SSO' });
  link.addEventListener('click', (event) => event.preventDefault());
  await userEvent.click(link);
  expect(returning()).toBe('/invitation#secret');
});

it('is come back to after signing out at the identity provider', async () => {
  continueAt = 'https://login.example.com/end';
  session.begin({ accessToken: 'token', expiresIn: 900 } as Parameters<typeof session.begin>[0]);
  open('/invitation#secret');
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(goTo).toHaveBeenCalledWith('https://login.example.com/end'));

  open('/sign-in');
  await waitFor(() => expect(screen.getAllByRole('heading', { name: 'Join Looms' })).toHaveLength(2));
  expect(returning(), 'once').toBeUndefined();
});

it('remembers nothing where signing out ends here', async () => {
  session.begin({ accessToken: 'token', expiresIn: 900 } as Parameters<typeof session.begin>[0]);
  open('/invitation#secret');
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Sign in' })).toBeInTheDocument();
  expect(returning()).toBeUndefined();
});

it('lets a refusal of single sign-on be read first', async () => {
  returnTo('/invitation#secret');
  open('/sign-in?sso=sso-refused');
  expect(await screen.findByText(/Your identity provider did not let you in/)).toBeInTheDocument();
  expect(returning()).toBe('/invitation#secret');
});
