import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DeadLetter } from '../../../api/types';
import { DeadLettersPage } from './DeadLettersPage';

const FAILED: DeadLetter = {
  id: 'r1',
  kind: 'failed-run',
  runId: 'r1',
  taskId: 't1',
  workflowId: 'w1',
  workflowName: 'Order total',
  elementId: 'call',
  code: 'HTTP_404',
  message: 'Not there',
  since: '2026-01-02T10:00:00Z',
  attempts: 3,
};
const UNKNOWN: DeadLetter = { ...FAILED, id: 't2', kind: 'unknown-outcome', runId: 'r2', taskId: 't2', workflowName: 'Pay', elementId: 'pay', code: 'OUTCOME_UNKNOWN', message: 'Cut off', attempts: 1 };

let letters: DeadLetter[] = [];
let asked: string[] = [];
let sent: { action: unknown; runIds: string[] } | undefined;
let role = 'member';

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ user: { id: 'u', name: 'Ada', email: 'ada@example.com' }, role, permissions: [] })),
  http.get('/api/v1/workflows', () => HttpResponse.json({ items: [{ id: 'w1', name: 'Order total' }], nextCursor: null })),
  http.get('/api/v1/dead-letters', ({ request }) => {
    asked.push(new URL(request.url).search);
    return HttpResponse.json({ items: letters, nextCursor: null });
  }),
  http.post('/api/v1/dead-letters/:action', async ({ params, request }) => {
    const { runIds } = (await request.json()) as { runIds: string[] };
    sent = { action: params.action, runIds };
    letters = letters.filter(({ runId }) => !runIds.includes(runId));
    return HttpResponse.json({ items: runIds.map((runId) => ({ runId, done: true, code: null, message: null })), done: runIds.length, refused: 0, more: false });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  letters = [FAILED, UNKNOWN];
  asked = [];
  sent = undefined;
  role = 'member';
});
afterEach(() => server.resetHandlers());

function show(path = '/dead-letters'): void {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={queries}>
        <ModalsProvider>
          <MemoryRouter initialEntries={[path]}>
            <DeadLettersPage />
          </MemoryRouter>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('shows what waits for a person, why, and leads to its run', async () => {
  show();
  expect(await screen.findByRole('link', { name: /Order total/ })).toHaveAttribute('href', '/runs/r1');
  expect(screen.getByText('call: Not there')).toBeInTheDocument();
  expect(screen.getByText('3 attempts')).toBeInTheDocument();
  expect(screen.getByText('OUTCOME_UNKNOWN')).toBeInTheDocument();
});

it('retries what is chosen', async () => {
  show();
  await userEvent.click(await screen.findByRole('checkbox', { name: /run of Order total/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByText('The run goes on from where it stopped.')).toBeInTheDocument();
  expect(sent).toEqual({ action: 'retry', runIds: ['r1'] });
});

it('asks before it tries again what may have happened', async () => {
  show();
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all' }));
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(sent).toBeUndefined();
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Nothing waits for a person')).toBeInTheDocument();
  expect(sent).toEqual({ action: 'retry', runIds: ['r1', 'r2'] });
});

it('discards only after a confirmation', async () => {
  show();
  await userEvent.click(await screen.findByRole('checkbox', { name: /run of Pay/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
  expect(sent).toBeUndefined();
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Discard' }));
  expect(await screen.findByText('The run is cancelled.')).toBeInTheDocument();
  expect(sent).toEqual({ action: 'discard', runIds: ['r2'] });
});

it('says what was refused', async () => {
  server.use(http.post('/api/v1/dead-letters/:action', () => HttpResponse.json({ items: [{ runId: 'r1', done: false, code: 'run-not-failed', message: 'It goes on.' }], done: 0, refused: 1, more: false })));
  show();
  await userEvent.click(await screen.findByRole('checkbox', { name: /run of Order total/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByText('One run was left as it is: It goes on.')).toBeInTheDocument();
});

it('asks for what is filtered', async () => {
  letters = [];
  show('/dead-letters?workflowId=w1&code=HTTP_404');
  expect(await screen.findByText('No dead letter matches')).toBeInTheDocument();
  expect(asked[0]).toContain('workflowId=w1');
  expect(asked[0]).toContain('code=HTTP_404');
});

it('lets those who may only look do nothing', async () => {
  role = 'viewer';
  show();
  expect(await screen.findByText('call: Not there')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Retry' })).not.toBeInTheDocument();
  expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
});
