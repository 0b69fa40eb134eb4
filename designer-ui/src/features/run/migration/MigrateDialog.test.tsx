import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { MigrateDialog } from './MigrateDialog';
import type { Migration } from './calls';

const FITS: Migration = {
  runId: '01a2-fits',
  fromVersion: 1,
  status: 'waiting',
  elements: [{ elementId: 'ask', name: 'Ask the boss', targetName: 'Ask the board', problem: null }],
  problems: [],
  warnings: ['"Late" is new on "Ask the board".'],
  migrated: false,
};
const LOSES: Migration = { ...FITS, runId: '01a2-lose', elements: [], problems: ['the new version has no such element.'], warnings: [] };

let moved: unknown;

const server = setupServer(
  http.get('/api/v1/workflows/w1/versions', () => HttpResponse.json({ items: [{ version: 3 }, { version: 2 }], nextCursor: null })),
  http.post('/api/v1/workflows/w1/migrations/preview', () => HttpResponse.json({ items: [FITS, LOSES], nextCursor: null })),
  http.post('/api/v1/workflows/w1/migrations', async ({ request }) => {
    moved = await request.json();
    return HttpResponse.json({ items: [{ ...FITS, migrated: true }], nextCursor: null });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

it('shows where runs would stand and moves only those that lose nothing', async () => {
  const closed = vi.fn();
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MigrateDialog workflowId="w1" runIds={null} onClose={closed} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(await screen.findByText('Ask the board')).toBeVisible();
  expect(screen.getByText('the new version has no such element.')).toBeVisible();
  expect(screen.getByText(/is new on/)).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: 'Move 1 of 2' }));

  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  expect(moved).toEqual({ toVersion: 3, runIds: ['01a2-fits'] });
});
