import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SETTINGS } from './settings';
import { SettingsShell } from './SettingsShell';

const OWNER = { user: { id: 'u1', email: 'ada@example.com', name: 'Ada' }, organization: { id: 'o1', name: 'Engines' }, organizations: [], role: 'owner', permissions: SETTINGS.flatMap(({ needs }) => needs ?? []), outbox: true };
let me: object = OWNER;

const server = setupServer(http.get('/api/v1/me', () => HttpResponse.json(me)));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  me = OWNER;
});

function open(path: string): void {
  const router = createMemoryRouter([{ path: '/settings', element: <SettingsShell />, children: SETTINGS.map((entry) => ({ path: entry.path, element: <p>The page {entry.label}</p> })) }], { initialEntries: [`/settings/${path}`] });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('shows a page to who may see it', async () => {
  open('outbox');
  expect(await screen.findByText('The page Outbox')).toBeInTheDocument();
});

it('knows no outbox for who has none', async () => {
  me = { ...OWNER, outbox: false };
  open('outbox');
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeInTheDocument();
  expect(screen.queryByText('The page Outbox')).not.toBeInTheDocument();
});

it('says that a page is for others', async () => {
  me = { ...OWNER, permissions: [] };
  open('roles');
  expect(await screen.findByRole('heading', { name: 'This page is not yours' })).toBeInTheDocument();
  expect(screen.getByText(/Your role in Engines does not include "Roles"/)).toBeInTheDocument();
  expect(screen.queryByText('The page Roles')).not.toBeInTheDocument();
});
