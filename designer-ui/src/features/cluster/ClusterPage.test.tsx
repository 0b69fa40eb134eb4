import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ClusterNode } from '../../api/types';
import { ClusterPage } from './ClusterPage';

const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

const SELF: ClusterNode = {
  id: 'n1',
  address: 'hub-1:8081',
  version: '1.2.0',
  startedAt: secondsAgo(7300),
  lastHeartbeatAt: secondsAgo(1),
  self: true,
  connected: true,
  leases: 12,
  load: { working: 5, waiting: 7, cpu: 0.42, heapUsed: 300_000_000, heapMax: 1_000_000_000 },
};
const OTHER: ClusterNode = { ...SELF, id: 'n2', address: 'hub-2:8082', self: false, leases: 3, load: { ...SELF.load, working: 3, waiting: 0, cpu: 0.01 } };

let nodes: ClusterNode[] = [];
let refused = false;

const server = setupServer(
  http.get('/api/v1/cluster/nodes', () => (refused ? HttpResponse.json({ code: 'forbidden', detail: 'You may not see the nodes.' }, { status: 403 }) : HttpResponse.json({ items: nodes, nextCursor: null }))),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  nodes = [SELF, OTHER];
  refused = false;
});

function show(): void {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClusterPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('shows each node with its state, load, leases and version', async () => {
  show();
  const self = within(await screen.findByRole('article', { name: 'hub-1:8081' }));
  expect(self.getByText('This node')).toBeInTheDocument();
  expect(self.getByText('Version 1.2.0 · up for 2 h 1 min')).toBeInTheDocument();
  expect(self.getByText('42 %')).toBeInTheDocument();
  expect(self.getByText('300 MB of 1 GB')).toBeInTheDocument();
  expect(self.getByText('12')).toBeInTheDocument();
  expect(within(screen.getByRole('article', { name: 'hub-2:8082' })).getByText('Connected')).toBeInTheDocument();
});

it('adds up what all of them do, and has nothing to remark', async () => {
  show();
  expect((await screen.findByText('Tasks at work')).parentElement).toHaveTextContent('8');
  expect(screen.getByText('Tasks that wait for their time').parentElement).toHaveTextContent('7');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('remarks on several versions, on who is not reached and on who is silent', async () => {
  nodes = [SELF, { ...OTHER, version: '1.1.0', connected: false }, { ...OTHER, id: 'n3', address: 'hub-3:8083', lastHeartbeatAt: secondsAgo(9) }];
  show();
  expect(await screen.findByText('Several versions run: 1.2.0, 1.1.0')).toBeInTheDocument();
  expect(screen.getByText('Not reached directly: hub-2:8082')).toBeInTheDocument();
  expect(within(screen.getByRole('article', { name: 'hub-2:8082' })).getByText('By the database only')).toBeInTheDocument();
  expect(within(screen.getByRole('article', { name: 'hub-3:8083' })).getByText('Silent')).toBeInTheDocument();
});

it('says why there is nothing to see', async () => {
  refused = true;
  show();
  expect(await screen.findByText('You may not see the nodes.')).toBeInTheDocument();
});
