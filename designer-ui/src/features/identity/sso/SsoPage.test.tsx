import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SsoPage } from './SsoPage';

const PROVIDER = {
  issuer: 'https://login.example.com',
  clientId: 'cadre',
  hasClientSecret: true,
  scopes: ['openid', 'email'],
  groupsClaim: 'groups',
  groupRoles: [{ group: 'staff', role: 'member' }],
  defaultRole: null,
  trustsEmails: false,
  requiredMethods: [],
  enforced: false,
  usedAt: null,
};

const CLAIMED = { domain: 'example.com', proven: false, recordName: '_cadre-challenge.example.com', recordValue: 'cadre-domain-verification=abc', provenAt: null, lookedUpAt: null, missingSince: null, endsAt: null };
const RECORD = 'cadre-domain-verification=abc';

let domain: object = CLAIMED;
let refusal: object | null = null;
let saved: { body: Record<string, unknown>; match: string | null } | undefined;
let tested: Record<string, unknown> | undefined;

const server = setupServer(
  http.get('/api/v1/organizations/sso', () =>
    HttpResponse.json({ provider: PROVIDER, redirectUri: 'https://hub/auth/sso/callback/o1', logoutUri: 'https://hub/auth/sso/logout/o1', startUrl: 'https://hub/auth/sso/start?organization=o1' }, { headers: { ETag: '"3"' } }),
  ),
  http.put('/api/v1/organizations/sso', async ({ request }) => {
    saved = { body: (await request.json()) as Record<string, unknown>, match: request.headers.get('If-Match') };
    return refusal ? HttpResponse.json(refusal, { status: 422 }) : HttpResponse.json({ provider: PROVIDER }, { headers: { ETag: '"4"' } });
  }),
  http.post('/api/v1/organizations/sso/test', async ({ request }) => {
    tested = (await request.json()) as Record<string, unknown>;
    return HttpResponse.json({ ok: false, findings: [{ ok: false, message: 'The provider does not accept the client id or the secret.' }] });
  }),
  http.get('/api/v1/organizations/sso/domains', () =>
    HttpResponse.json({ items: [domain], nextCursor: null }),
  ),
  http.post('/api/v1/organizations/sso/domains/example.com/check', () => {
    domain = { ...domain, lookedUpAt: '2026-03-02T10:00:00', missingSince: '2026-03-02T10:00:00', endsAt: '2026-03-09T10:00:00' };
    return HttpResponse.json(domain);
  }),
  http.get('/api/v1/roles', () =>
    HttpResponse.json({
      items: [
        { role: 'owner', name: 'owner', builtIn: true, permissions: [], members: 1, assignable: true },
        { role: 'member', name: 'member', builtIn: true, permissions: [], members: 0, assignable: true },
      ],
      nextCursor: null,
    }),
  ),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  domain = CLAIMED;
  refusal = null;
  saved = undefined;
  tested = undefined;
});

async function show(): Promise<void> {
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <SsoPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByDisplayValue('https://hub/auth/sso/callback/o1');
}

it('asks for ways of signing in that count', async () => {
  await show();
  await userEvent.type(screen.getByRole('combobox', { name: 'Ways of signing in that count' }), 'mfa{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => saved?.body).toMatchObject({ requiredMethods: ['mfa'] });
});

it('saves by revision and leaves a stored secret alone', async () => {
  await show();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => saved?.match).toBe('"3"');
  expect(saved?.body).toMatchObject({ issuer: 'https://login.example.com', defaultRole: null, groupRoles: [{ group: 'staff', role: 'member' }] });
  expect(saved?.body).not.toHaveProperty('clientSecret');
});

it('takes the stored secret away for a public client', async () => {
  await show();
  await userEvent.type(screen.getByLabelText('Client secret'), 'half a sec');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Remove the secret' }));
  expect(screen.getByLabelText('Client secret')).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => saved?.body.clientSecret).toBe('');
  expect(saved?.body).not.toHaveProperty('removesSecret');
});

it('tries what is entered and says what is wrong', async () => {
  await show();
  await userEvent.type(screen.getByLabelText('Client secret'), 'new');
  await userEvent.click(screen.getByRole('button', { name: 'Test' }));
  await screen.findByText('The provider does not accept the client id or the secret.');
  expect(tested).toMatchObject({ clientSecret: 'new' });
  expect(saved).toBeUndefined();
});

it('shows a refusal at its field', async () => {
  refusal = { code: 'invalid-input', detail: 'See violations.', violations: [{ pointer: '/groupRoles/0/role', message: 'Owners are made by owners, by hand.' }] };
  await show();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Owners are made by owners, by hand.');
});

it('says how a domain is proven', async () => {
  await show();
  await screen.findByDisplayValue(RECORD);
  expect(screen.getByLabelText('Name of the TXT record')).toHaveValue('_cadre-challenge.example.com');
  expect(screen.getByText('Claimed')).toBeInTheDocument();
});

it('says how a proof stands, and until when a missing record has to be back', async () => {
  domain = { ...CLAIMED, proven: true, provenAt: '2026-01-05T06:00:30', lookedUpAt: '2026-03-01T10:00:00' };
  await show();
  expect(await screen.findByText(/^Proven since Jan 5, 2026, 06:00 · last looked up /)).toBeInTheDocument();
  expect(screen.queryByDisplayValue(RECORD)).not.toBeInTheDocument();

  await userEvent.click(screen.getByRole('button', { name: 'Check example.com now' }));

  expect(await screen.findByText(/Its TXT record has been missing since Mar 2, 2026, 10:00. Put it back by Mar 9, 2026, 10:00, or the proof ends/)).toBeInTheDocument();
  expect(screen.getByDisplayValue(RECORD)).toBeInTheDocument();
  expect(screen.getByText('Record missing')).toBeInTheDocument();
  expect(screen.queryByText('example.com is proven.')).not.toBeInTheDocument();
});

it('says that a proof has ended', async () => {
  domain = { ...CLAIMED, missingSince: '2026-03-02T10:00:00', lookedUpAt: '2026-03-09T10:00:00' };
  await show();
  expect(await screen.findByText(/The proof has ended: this TXT record has been missing since Mar 2, 2026, 10:00/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Check example.com' })).toBeInTheDocument();
});
