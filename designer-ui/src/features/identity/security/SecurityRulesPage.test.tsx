import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { AccessGate } from './AccessGate';
import { SecurityRulesPage } from './SecurityRulesPage';

const OPEN = { allowedAddresses: [], sessionHours: null, idleMinutes: null, secondFactorRequired: false, ownAddress: '198.51.100.7', enforced: true };
const ME = { user: { id: 'u', name: 'Ada', email: 'ada@example.com' }, organization: { id: 'o', name: 'First' }, organizations: [{ id: 'o', name: 'First' }, { id: 'p', name: 'Second' }], role: 'admin', permissions: [] };

let sent: { body: Record<string, unknown>; match: string | null }[] = [];
let access = { address: '198.51.100.7', addressAllowed: true, secondFactorMissing: false };
let switchedTo: string | undefined;

const server = setupServer(
  http.get('/api/v1/organizations/security', () => HttpResponse.json(OPEN, { headers: { ETag: '"4"' } })),
  http.put('/api/v1/organizations/security', async ({ request }) => {
    const body = (await request.json()) as Record<string, unknown>;
    sent.push({ body, match: request.headers.get('If-Match') });
    const list = body.allowedAddresses as string[];
    if (list.includes('nonsense')) return HttpResponse.json({ status: 422, code: 'invalid-input', detail: 'See violations.', violations: [{ pointer: '/allowedAddresses/1', message: '"nonsense" is no IP address.' }] }, { status: 422 });
    if (!list.includes('198.51.100.7') && body.excludeOwnAddress !== '198.51.100.7') return HttpResponse.json({ status: 409, code: 'would-lock-you-out', detail: 'The list does not hold 198.51.100.7, where you are now.' }, { status: 409 });
    return HttpResponse.json({ ...OPEN, ...body }, { headers: { ETag: '"5"' } });
  }),
  http.get('/api/v1/me/access', () => HttpResponse.json(access)),
  http.get('/api/v1/me', () => HttpResponse.json(ME)),
  http.post('/api/v1/organizations/:id/switch', ({ params }) => {
    switchedTo = String(params.id);
    return HttpResponse.json({ accessToken: 't', tokenType: 'Bearer', expiresIn: 900 });
  }),
  http.post('/api/v1/me/totp', () => HttpResponse.json({ secret: 'GEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/Cadre' })),
  http.post('/api/v1/me/totp/confirm', () => {
    access = { ...access, secondFactorMissing: false };
    return HttpResponse.json({ recoveryCodes: ['aaaa-bbbb', 'cccc-dddd'] });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
afterEach(() => server.resetHandlers());
beforeEach(() => {
  sent = [];
  switchedTo = undefined;
  access = { address: '198.51.100.7', addressAllowed: true, secondFactorMissing: false };
});

function show(page: React.ReactNode): void {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MemoryRouter>{page}</MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('saves the rules by the revision that it has read', async () => {
  show(<SecurityRulesPage />);
  await userEvent.type(await screen.findByLabelText('Allowed addresses'), '10.0.0.0/8, 2001:db8::/32');
  await userEvent.click(screen.getByRole('button', { name: 'Add it' }));
  await userEvent.type(screen.getByLabelText('A sign-in is good for'), '12');
  await userEvent.click(screen.getByRole('switch', { name: /Members need a second factor/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Save the rules' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({ match: '"4"', body: { allowedAddresses: ['10.0.0.0/8', '2001:db8::/32', '198.51.100.7'], sessionHours: 12, idleMinutes: null, secondFactorRequired: true, excludeOwnAddress: null } });
});

it('keeps nobody out from here unless the own address is typed', async () => {
  show(<SecurityRulesPage />);
  await userEvent.type(await screen.findByLabelText('Allowed addresses'), '10.0.0.0/8');
  await userEvent.click(screen.getByRole('button', { name: 'Save the rules' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('where you are now');
  await userEvent.type(screen.getByLabelText('Keep me out from here'), '198.51.100.7');
  await userEvent.click(screen.getByRole('button', { name: 'Save the rules' }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.body.excludeOwnAddress).toBe('198.51.100.7');
});

it('says which line is no address', async () => {
  show(<SecurityRulesPage />);
  await userEvent.type(await screen.findByLabelText('Allowed addresses'), '10.0.0.0/8{enter}nonsense');
  await userEvent.click(screen.getByRole('button', { name: 'Save the rules' }));
  expect(await screen.findByText('"nonsense" is no IP address.')).toBeVisible();
});

it('shows who may not work from here the way to another organization', async () => {
  access = { ...access, addressAllowed: false };
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, assign });
  show(<AccessGate>inside</AccessGate>);
  expect(await screen.findByText(/may not be used from 198.51.100.7/)).toBeVisible();
  expect(screen.queryByText('inside')).toBeNull();
  await userEvent.click(await screen.findByRole('button', { name: 'Second' }));
  await waitFor(() => expect(assign).toHaveBeenCalledWith('/'));
  expect(switchedTo).toBe('p');
  vi.unstubAllGlobals();
});

it('lets in whoever has just set a second factor up', async () => {
  access = { ...access, secondFactorMissing: true };
  show(<AccessGate>inside</AccessGate>);
  await userEvent.type(await screen.findByLabelText('Your password'), 'correct horse');
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText('GEZD GNBV GY3T QOJQ')).toBeVisible();
  await userEvent.type(screen.getByLabelText('Code'), '123456');
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText(/aaaa-bbbb/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'I have kept them' }));
  expect(await screen.findByText('inside')).toBeVisible();
});
