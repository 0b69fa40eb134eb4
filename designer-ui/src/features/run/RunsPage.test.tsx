import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { RunsPage } from './RunsPage';

vi.mock('../../api/events', () => ({ listenToEvents: () => () => undefined }));

const PLAIN = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="book"/></process></definitions>';
const UNDOABLE = PLAIN.replace('<task id="book"/>', '<task id="book"/><boundaryEvent id="b" attachedToRef="book"/><task id="undo" isForCompensation="true"/><association sourceRef="b" targetRef="undo"/>');
const RUN = { id: 'r1', workflowId: 'w1', workflowName: 'Order total', workflowVersion: 2, status: 'running', paused: false, startedAt: '2026-01-02T10:00:00Z', trigger: { use: 'webhook' }, durationMs: null, error: null };

let bpmnXml = PLAIN;
let cancelled: unknown[] = [];
let asked: string[] = [];

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ user: { id: 'u', name: 'Ada', email: 'ada@example.com' }, role: 'member', permissions: [] })),
  http.get('/api/v1/workflows', () => HttpResponse.json({ items: [{ id: 'w1', name: 'Order total' }], nextCursor: null })),
  http.get('/api/v1/projects', () => HttpResponse.json({ items: [{ id: 'p1', name: 'Billing' }], nextCursor: null })),
  http.get('/api/v1/runs', ({ request }) => {
    asked.push(new URL(request.url).search);
    return HttpResponse.json({ items: [RUN], nextCursor: null });
  }),
  http.get('/api/v1/runs/r1/diagram', () => HttpResponse.json({ bpmnXml })),
  http.post('/api/v1/runs/r1/cancel', async ({ request }) => {
    cancelled.push(await request.json());
    return HttpResponse.json(RUN);
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  bpmnXml = PLAIN;
  cancelled = [];
  asked = [];
});
afterEach(() => notifications.clean());

function show(path: string): void {
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MemoryRouter initialEntries={[path]}>
          <RunsPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

async function cancel(path = '/runs'): Promise<void> {
  show(path);
  await userEvent.click(await screen.findByRole('button', { name: 'More for the run of Order total' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Cancel' }));
}

it('cancels at once where nothing can be undone', async () => {
  await cancel('/runs?status=running&q=order');
  expect(await screen.findByText('The run is being cancelled.')).toBeInTheDocument();
  expect(cancelled).toEqual([{ compensate: false }]);
  expect(asked[0]).toContain('status=running&q=order');
});

it('asks whether to undo what was done, where the workflow says how', async () => {
  bpmnXml = UNDOABLE;
  await cancel();
  const dialog = within(await screen.findByRole('dialog', { name: 'Cancel the run' }));
  expect(cancelled).toEqual([]);
  await userEvent.click(dialog.getByRole('button', { name: 'Undo, then cancel' }));
  expect(await screen.findByText('The run is being cancelled.')).toBeInTheDocument();
  expect(cancelled).toEqual([{ compensate: true }]);
});

it('asks as well when the workflow cannot be read, and does nothing when told so', async () => {
  server.use(http.get('/api/v1/runs/r1/diagram', () => HttpResponse.json({ code: 'gone', detail: 'Gone.' }, { status: 404 }), { once: true }));
  await cancel();
  await userEvent.click(within(await screen.findByRole('dialog', { name: 'Cancel the run' })).getByRole('button', { name: 'Keep it running' }));
  expect(cancelled).toEqual([]);
});

it('narrows the list to one project', async () => {
  show('/runs');
  await userEvent.click(await screen.findByRole('combobox', { name: 'Project' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Billing' }));
  await waitFor(() => expect(asked.at(-1)).toContain('projectId=p1'));
});
