import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ApiKeysPage } from './ApiKeysPage';
import type { ApiKey, KeyInput } from './calls';

const TEXT = `cdr_${'a'.repeat(71)}`;

const NIGHTLY: ApiKey = {
  id: 'k1',
  name: 'Nightly report',
  hint: 'aaaa',
  scopes: ['workflow:read'],
  allowedAddresses: [],
  owner: { id: 'u', name: 'Ada', serviceAccount: false },
  createdBy: 'Ada',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
  lastUsedAt: null,
  lastUsedFrom: null,
};

const permission = (name: string, yours = true) => ({ name, description: `To ${name}`, yours });

let items: ApiKey[] = [];
let wanted: KeyInput | undefined;

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ user: { id: 'u', name: 'Ada' }, role: 'member', permissions: ['key:create'] })),
  http.get('/api/v1/permissions', () => HttpResponse.json({ items: [permission('workflow:read'), permission('workflow:edit'), permission('member:manage', false)], presets: [] })),
  http.get('/api/v1/roles', () => HttpResponse.json({ items: [] })),
  http.get('/api/v1/api-keys', () => HttpResponse.json({ items, nextCursor: null })),
  http.post('/api/v1/api-keys', async ({ request }) => {
    wanted = (await request.json()) as KeyInput;
    items = [NIGHTLY];
    return HttpResponse.json({ key: TEXT, apiKey: NIGHTLY }, { status: 201 });
  }),
  http.delete('/api/v1/api-keys/k1', () => {
    items = [];
    return new HttpResponse(null, { status: 204 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  items = [];
  wanted = undefined;
});
afterEach(() => server.resetHandlers());

function open(): void {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ModalsProvider>
          <ApiKeysPage />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('offers what the person may do, and shows the key this once', async () => {
  open();
  await screen.findByText('No key yet');
  await userEvent.click(screen.getAllByRole('button', { name: 'New API key' })[0]!);
  await userEvent.type(await screen.findByRole('textbox', { name: /Name/ }), 'Nightly report');
  expect(screen.queryByRole('checkbox', { name: 'To member:manage' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Make the key' }));
  expect(screen.getByText('Choose at least one')).toBeVisible();
  await userEvent.click(screen.getByRole('checkbox', { name: 'To workflow:read' }));
  await userEvent.click(screen.getByRole('button', { name: 'Make the key' }));

  expect(await screen.findByTestId('new-key')).toHaveTextContent(TEXT);
  expect(wanted).toMatchObject({ name: 'Nightly report', scopes: ['workflow:read'], expiresAt: null, serviceAccountId: null });
  await userEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
  expect(await screen.findByText('cdr_…aaaa')).toBeInTheDocument();
  expect(document.body).not.toHaveTextContent(TEXT);
});

it('revokes a key after it was asked', async () => {
  items = [NIGHTLY];
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'More for Nightly report' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Revoke…' }));
  const dialog = await screen.findByRole('dialog');
  expect(items).toHaveLength(1);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));

  expect(await screen.findByText('No key yet')).toBeInTheDocument();
});
