import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AuditEvent, ChainReport } from '../../api/types';
import { AuditPage } from './AuditPage';

const EVENT: AuditEvent = {
  id: 'e1',
  at: '2026-11-26T10:00:00Z',
  actor: { kind: 'user', id: 'u1', name: 'Ada', email: 'ada@example.com', address: '10.0.0.7', userAgent: 'Browser' },
  action: 'member.role-changed',
  subject: { type: 'user', id: 'u2', name: 'Charles' },
  before: { role: 'viewer' },
  after: { role: 'admin' },
  position: 7,
  hash: 'ab'.repeat(32),
};
const GONE: AuditEvent = { ...EVENT, id: 'e2', action: 'user.sign-in-failed', actor: { ...EVENT.actor, name: null, email: null }, subject: { type: 'user', id: 'u3', name: null }, before: {}, after: { wrong: 'password' } };
const INTACT: ChainReport = { intact: true, checked: 7, firstPosition: 1, end: { position: 7, hash: 'ab'.repeat(32) }, waiting: 0, forgotten: 0, problems: [] };

let asked: URLSearchParams[] = [];
let events = [EVENT, GONE];
let report = INTACT;
let permissions = ['audit:read', 'security:manage'];
let days = 90;

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ permissions, role: 'admin' })),
  http.get('/api/v1/organizations/members', () => HttpResponse.json({ items: [{ userId: 'u1', name: 'Ada', email: 'ada@example.com', role: 'owner', joinedAt: EVENT.at }], nextCursor: null })),
  http.get('/api/v1/audit-events', ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json({ items: events, nextCursor: null });
  }),
  http.post('/api/v1/audit-verifications', () => HttpResponse.json(report)),
  http.get('/api/v1/audit-retention', () => HttpResponse.json({ days }, { headers: { ETag: '"3"' } })),
  http.put('/api/v1/audit-retention', async ({ request }) => {
    expect(request.headers.get('If-Match')).toBe('"3"');
    days = ((await request.json()) as { days: number }).days;
    return HttpResponse.json({ days });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  events = [EVENT, GONE];
  report = INTACT;
  permissions = ['audit:read', 'security:manage'];
  days = 90;
});

function show(queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })): void {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <AuditPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('shows who did what, and what it was before', async () => {
  show();
  const row = await screen.findByRole('button', { name: /Member role changed.*Charles/ }, { timeout: 10_000 });
  expect(row).toHaveTextContent('Ada · 10.0.0.7');
  expect(screen.getByText(/A person who is gone/)).toBeInTheDocument();
  await userEvent.click(row);
  const changes = within(screen.getByRole('table'));
  expect(changes.getByRole('row', { name: 'role viewer admin' })).toBeInTheDocument();
  expect(screen.getByText(/ada@example.com/)).toBeInTheDocument();
});

it('asks for what the filters say', async () => {
  show();
  await userEvent.click(await screen.findByRole('combobox', { name: 'What' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Members' }));
  await screen.findByRole('button', { name: /Member role changed/ });
  expect(asked.at(-1)?.get('action')).toBe('member');
});

it('stands beside the members page, which keeps them by pages', async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(['members'], { pages: [{ items: [], nextCursor: null }], pageParams: [null] });
  show(queries);
  await userEvent.click(await screen.findByRole('combobox', { name: 'Person' }));
  expect(await screen.findByRole('option', { name: 'Ada' })).toBeInTheDocument();
});

it('says in words what was done', async () => {
  events = [{ ...EVENT, action: 'sso.domain-lost' }, { ...EVENT, id: 'e3', action: 'api-key.revoked' }];
  show();
  expect(await screen.findByRole('button', { name: /Single sign-on: domain lost/ })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /API key revoked/ })).toBeInTheDocument();
});

it('says that the log is whole, or what was done to it', async () => {
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'Verify' }));
  expect(await screen.findByText('The log is as the hub wrote it')).toBeInTheDocument();
  expect(screen.getByText(`7 ${'ab'.repeat(32)}`)).toBeInTheDocument();
  report = { ...INTACT, intact: false, problems: [{ position: 3, kind: 'missing', message: 'An event was deleted.' }] };
  await userEvent.click(screen.getByRole('button', { name: 'Verify' }));
  expect(await screen.findByText('The log was changed')).toBeInTheDocument();
  expect(screen.getByText('Position 3: An event was deleted.')).toBeInTheDocument();
});

it('changes how long events are kept, within the limits', async () => {
  show();
  const field = await screen.findByLabelText('Days');
  await userEvent.clear(field);
  await userEvent.type(field, '5');
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await userEvent.clear(field);
  await userEvent.type(field, '365');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => days).toBe(365);
});

it('lets nobody change it who may only read', async () => {
  permissions = ['audit:read'];
  show();
  expect(await screen.findByLabelText('Days')).toBeDisabled();
  expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
});
