import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { AccountNotices } from '../AccountNotices';
import { ME, show } from '../testing';
import { AccountPage } from './AccountPage';
import { SecurityPage } from './SecurityPage';
import { SessionsPage } from './SessionsPage';

const SESSION = { address: '127.0.0.1', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', createdAt: '2026-01-05T06:00:00Z', lastUsedAt: '2026-01-05T07:00:00Z' };
const refusal = (pointer: string, message: string) => HttpResponse.json({ code: 'invalid-input', detail: 'The input is not valid.', violations: [{ pointer, message }] }, { status: 422 });

let calls: { path: string; body: unknown }[] = [];
let enabled = false;

async function noted(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  calls.push({ path: `${request.method} ${new URL(request.url).pathname}`, body });
  return body;
}

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json(ME)),
  http.patch('/api/v1/me', async ({ request }) => (await noted(request), new HttpResponse(null, { status: 204 }))),
  http.post('/api/v1/me/verification', async ({ request }) => (await noted(request), new HttpResponse(null, { status: 202 }))),
  http.post('/api/v1/me/email', async ({ request }) => ((await noted(request)).password === 'right' ? new HttpResponse(null, { status: 202 }) : refusal('/password', 'Is not your password.'))),
  http.post('/api/v1/me/password', async ({ request }) => ((await noted(request)).currentPassword === 'right' ? new HttpResponse(null, { status: 204 }) : refusal('/currentPassword', 'Is not your password.'))),
  http.get('/api/v1/me/totp', () => HttpResponse.json({ enabled, recoveryCodesLeft: enabled ? 2 : 0 })),
  http.post('/api/v1/me/totp', async ({ request }) => ((await noted(request)).password === 'right' ? HttpResponse.json({ secret: 'ABCDEFGH', uri: 'otpauth://totp/Cadre:ada?secret=ABCDEFGH' }) : refusal('/password', 'Is not your password.'))),
  http.post('/api/v1/me/totp/confirm', async ({ request }) => {
    if ((await noted(request)).code !== '123456') return HttpResponse.json({ code: 'wrong-code', detail: 'The code is not right.' }, { status: 422 });
    enabled = true;
    return HttpResponse.json({ recoveryCodes: ['aaaa-bbbb', 'cccc-dddd'] });
  }),
  http.post('/api/v1/me/totp/disable', async ({ request }) => {
    await noted(request);
    enabled = false;
    return new HttpResponse(null, { status: 204 });
  }),
  http.get('/api/v1/me/sessions', () => HttpResponse.json({ items: [{ id: 's1', current: true, ...SESSION }, { id: 's2', current: false, ...SESSION, userAgent: 'curl/8.5.0' }], nextCursor: null })),
  http.delete('/api/v1/me/sessions', async ({ request }) => (await noted(request), new HttpResponse(null, { status: 204 }))),
  http.delete('/api/v1/me/sessions/:id', async ({ request }) => (await noted(request), new HttpResponse(null, { status: 204 }))),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  calls = [];
  enabled = false;
});
afterEach(() => sessionStorage.clear());

it('saves the name, and says that the address is not confirmed', async () => {
  show(<AccountPage />);
  const name = await screen.findByRole('textbox', { name: 'Name' });
  expect(screen.getByText('Not confirmed')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await userEvent.clear(name);
  await userEvent.type(name, 'Ada L.');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(calls).toEqual([{ path: 'PATCH /api/v1/me', body: { name: 'Ada L.' } }]));
});

it('changes the address with the password only, and says what comes next', async () => {
  show(<AccountPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Change address' }));
  await userEvent.type(screen.getByLabelText(/New e-mail address/), 'new@example.com');
  await userEvent.type(screen.getByLabelText(/Your password/), 'wrong');
  await userEvent.click(screen.getByRole('button', { name: 'Send the link' }));
  expect(await screen.findByText('Is not your password.')).toBeInTheDocument();
  await userEvent.clear(screen.getByLabelText(/Your password/));
  await userEvent.type(screen.getByLabelText(/Your password/), 'right');
  await userEvent.click(screen.getByRole('button', { name: 'Send the link' }));
  expect(await screen.findByText(/A link is on its way to new@example.com/)).toBeInTheDocument();
});

it('changes the password, and says at the field what is wrong', async () => {
  show(<SecurityPage />);
  await userEvent.type(screen.getByLabelText(/Current password/), 'wrong');
  await userEvent.type(screen.getByLabelText(/New password/), 'purple elevator seventeen');
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
  expect(await screen.findByText('Is not your password.')).toBeInTheDocument();
  await userEvent.clear(screen.getByLabelText(/Current password/));
  await userEvent.type(screen.getByLabelText(/Current password/), 'right');
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
  await waitFor(() => expect(screen.getByLabelText(/Current password/)).toHaveValue(''));
  expect(calls.at(-1)?.body).toEqual({ currentPassword: 'right', password: 'purple elevator seventeen' });
});

it('sets the second factor up and shows the recovery codes once', async () => {
  show(<SecurityPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Set up' }));
  const dialog = await screen.findByRole('dialog', { name: 'Set up the second factor' });
  await userEvent.type(within(dialog).getByLabelText(/Your password/), 'right');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Go on' }));
  expect(await within(dialog).findByTitle('QR code for the authenticator app')).toBeInTheDocument();
  expect(within(dialog).getByText('ABCD EFGH')).toBeInTheDocument();
  await userEvent.type(within(dialog).getByLabelText(/^Code/), '000000');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Turn on' }));
  expect(await within(dialog).findByText('The code is not right.')).toBeInTheDocument();
  await userEvent.clear(within(dialog).getByLabelText(/^Code/));
  await userEvent.type(within(dialog).getByLabelText(/^Code/), '123456');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Turn on' }));
  expect(await within(dialog).findByText('cccc-dddd')).toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole('button', { name: 'I have kept them' }));
  expect(await screen.findByText('Recovery codes left: 2')).toBeInTheDocument();
  expect(screen.queryByText('cccc-dddd')).not.toBeInTheDocument();
});

it('turns the second factor off with the password', async () => {
  enabled = true;
  show(<SecurityPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Turn off' }));
  const dialog = await screen.findByRole('dialog', { name: 'Turn the second factor off' });
  await userEvent.type(within(dialog).getByLabelText(/Your password/), 'right');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Turn off' }));
  expect(await screen.findByRole('button', { name: 'Set up' })).toBeInTheDocument();
  expect(calls).toEqual([{ path: 'POST /api/v1/me/totp/disable', body: { password: 'right' } }]);
});

it('marks this sign-in and ends one or all others', async () => {
  show(<SessionsPage />);
  const [own, other] = await screen.findAllByRole('listitem');
  expect(own).toHaveTextContent('Firefox on LinuxThis one');
  expect(own).not.toHaveTextContent('End');
  expect(other).toHaveTextContent('curl');
  await userEvent.click(screen.getByRole('button', { name: 'End curl' }));
  await waitFor(() => expect(calls.at(-1)?.path).toBe('DELETE /api/v1/me/sessions/s2'));
  await userEvent.click(screen.getByRole('button', { name: 'End all others' }));
  await userEvent.click(await screen.findByRole('button', { name: 'End them' }));
  await waitFor(() => expect(calls.at(-1)?.path).toBe('DELETE /api/v1/me/sessions'));
});

it('reminds of an address that is not confirmed until it is hidden', async () => {
  show(<AccountNotices />);
  await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(calls.at(-1)?.path).toBe('POST /api/v1/me/verification'));
  expect(screen.getByRole('link', { name: 'It is in the outbox' })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Hide until the next sign-in' }));
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});
