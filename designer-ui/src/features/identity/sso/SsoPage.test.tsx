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
  enforced: false,
  usedAt: null,
};

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
    HttpResponse.json({ items: [{ domain: 'example.com', proven: false, recordName: '_cadre-challenge.example.com', recordValue: 'cadre-domain-verification=abc', provenAt: null }], nextCursor: null }),
  ),
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
  await screen.findByText('_cadre-challenge.example.com. TXT "cadre-domain-verification=abc"');
});
