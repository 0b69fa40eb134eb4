import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as switching from '../organization/switching';
import { show } from '../testing';
import { ConfirmSsoPage } from './ConfirmSsoPage';

const WAITING = { organization: 'Engines', email: 'grace@engines.example', name: 'Grace Hopper', signedInAs: null };

let waiting: object = WAITING;
let taken = 0;

const server = setupServer(
  http.get('/auth/sso/waiting', () => HttpResponse.json(waiting)),
  http.post('/auth/sso/waiting', () => {
    taken += 1;
    return HttpResponse.json({ returnTo: '/runs?status=failed' });
  }),
);
const goTo = vi.spyOn(switching, 'goTo');

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
afterEach(() => server.resetHandlers());
beforeEach(() => {
  waiting = WAITING;
  taken = 0;
  goTo.mockReset().mockImplementation(() => undefined);
});

it('says whose sign-in it is, and does nothing by itself', async () => {
  show(<ConfirmSsoPage />);
  expect(await screen.findByText('Engines')).toBeVisible();
  expect(screen.getByText('Grace Hopper')).toBeVisible();
  expect(screen.getByText('grace@engines.example')).toBeVisible();
  expect(screen.queryByRole('note')).not.toBeInTheDocument();
  expect(taken).toBe(0);
});

it('goes on where the person wanted to, when they say that it is them', async () => {
  show(<ConfirmSsoPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Yes, sign in' }));
  await waitFor(() => expect(goTo).toHaveBeenCalledWith('/runs?status=failed'));
  expect(taken).toBe(1);
});

it('warns that it replaces another sign-in of this browser', async () => {
  waiting = { ...WAITING, signedInAs: 'ada@example.com' };
  show(<ConfirmSsoPage />);
  expect(await screen.findByRole('note')).toHaveTextContent('This browser is signed in as ada@example.com now. Going on replaces that.');
  expect(screen.getByRole('link', { name: 'No, not now' })).toHaveAttribute('href', '/');
});

it('says what to do where nothing waits any more', async () => {
  const gone = () => HttpResponse.json({ code: 'sso-state-invalid', detail: 'x' }, { status: 422 });
  server.use(http.post('/auth/sso/waiting', gone));
  show(<ConfirmSsoPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Yes, sign in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('took longer than ten minutes');

  server.use(http.get('/auth/sso/waiting', gone));
  show(<ConfirmSsoPage />);
  expect(await screen.findByRole('link', { name: 'Go to the sign-in page' })).toHaveAttribute('href', '/sign-in');
  expect(goTo).not.toHaveBeenCalled();
});
