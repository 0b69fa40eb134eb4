import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter, useLocation } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Schedule } from './calls';
import { SchedulesPage } from './SchedulesPage';

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const NIGHTLY: Schedule = {
  workflowId: 'w1',
  workflowName: 'Nightly report',
  use: 'schedule',
  methods: [],
  nextFireAt: inMinutes(120),
  nextFireTimes: [inMinutes(120), inMinutes(1560)],
  schedule: { cron: '0 6 * * 1-5', timeZone: 'Europe/Berlin', missed: 'skip', overlap: 'allow', lastRunId: 'r1', lastFiredAt: inMinutes(-10), missedTimes: 3, skippedTimes: 0 },
};

const POLL: Schedule = { ...NIGHTLY, workflowId: 'w2', workflowName: 'Poll', nextFireAt: inMinutes(5), nextFireTimes: [inMinutes(5)], schedule: { every: 'PT15M', timeZone: 'UTC', missed: 'skip', overlap: 'skip', missedTimes: 0, skippedTimes: 2, lastError: 'There is no version 9.' } };

const HOOK = { workflowId: 'w3', workflowName: 'Hook', use: 'webhook', path: 'a', methods: ['POST'], nextFireTimes: [], schedule: null };

let items: object[] = [];
let permissions: string[] = [];
let asked: string[] = [];

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ user: { id: 'u', name: 'Ada', email: 'ada@example.com' }, role: 'member', permissions })),
  http.get('/api/v1/triggers', () => HttpResponse.json({ items, nextCursor: null })),
  http.post('/api/v1/triggers/schedules/:id/:action', ({ params }) => {
    asked.push(`${params.action} ${params.id}`);
    const changed = { ...NIGHTLY, nextFireAt: params.action === 'pause' ? null : NIGHTLY.nextFireAt, schedule: { ...NIGHTLY.schedule, pausedAt: params.action === 'pause' ? inMinutes(0) : null } };
    items = items.map((item) => ((item as Schedule).workflowId === params.id ? changed : item));
    return HttpResponse.json(changed);
  }),
  http.post('/api/v1/workflows/:id/run', ({ params }) => {
    asked.push(`run ${params.id}`);
    return HttpResponse.json({ run: { id: 'r9' } }, { status: 202 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  items = [NIGHTLY, HOOK, POLL];
  permissions = ['workflow:read', 'schedule:manage', 'run:execute'];
  asked = [];
});
afterEach(() => server.resetHandlers());

function Where() {
  return <output aria-label="Where">{useLocation().pathname}</output>;
}

function show(): void {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={['/schedules']}>
          <SchedulesPage />
          <Where />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const row = async (name: string) => within(await screen.findByRole('listitem', { name }));

it('shows when each fires next and what came of the last time, the next one first', async () => {
  show();
  const nightly = await row('Nightly report');
  expect(screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual(['Poll', 'Nightly report']);
  expect(nightly.getByText('At 06:00, Monday through Friday · Europe/Berlin')).toBeInTheDocument();
  expect(nightly.getByText('in 2 h')).toBeInTheDocument();
  expect(nightly.getByRole('link', { name: 'Nightly report' })).toHaveAttribute('href', '/workflows/w1');
  expect(nightly.getByRole('link', { name: 'Last run of Nightly report' })).toHaveAttribute('href', '/runs/r1');
  expect(nightly.getByText('3 missed')).toBeInTheDocument();
  const poll = await row('Poll');
  expect(poll.getByText('Every 15 minutes')).toBeInTheDocument();
  expect(poll.getByText('2 skipped')).toBeInTheDocument();
  expect(poll.getByText('Not yet')).toBeInTheDocument();
  expect(poll.getByText('There is no version 9.')).toBeInTheDocument();
});

it('shows the next times when asked', async () => {
  show();
  await userEvent.click((await row('Nightly report')).getByRole('button', { name: 'Next times of Nightly report' }));
  expect(await screen.findByRole('dialog')).toBeVisible();
  expect(within(screen.getByRole('dialog')).getAllByRole('listitem')).toHaveLength(2);
});

it('pauses and resumes, by keyboard', async () => {
  show();
  (await (await row('Nightly report')).findByRole('button', { name: 'Pause Nightly report' })).focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('Nightly report is paused.')).toBeInTheDocument();
  expect(await (await row('Nightly report')).findByText('Paused')).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Resume Nightly report' }));
  expect(await screen.findByText('Nightly report goes on.')).toBeInTheDocument();
  expect(asked).toEqual(['pause w1', 'resume w1']);
});

it('runs one now and shows the run', async () => {
  show();
  await userEvent.click(await (await row('Poll')).findByRole('button', { name: 'Run Poll now' }));
  expect(await screen.findByText('/runs/r9')).toBeInTheDocument();
  expect(asked).toEqual(['run w2']);
});

it('offers nothing to those who may only look', async () => {
  permissions = ['workflow:read'];
  show();
  expect((await row('Poll')).queryAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['Next times of Poll']);
});

it('says what belongs here when nothing is scheduled', async () => {
  items = [HOOK];
  show();
  expect(await screen.findByText('Nothing is scheduled yet')).toBeInTheDocument();
});

it('says what the hub refuses', async () => {
  server.use(http.post('/api/v1/triggers/schedules/:id/:action', () => HttpResponse.json({ code: 'schedule-not-found', detail: 'It is gone.' }, { status: 404 })));
  show();
  await userEvent.click(await (await row('Poll')).findByRole('button', { name: 'Pause Poll' }));
  expect(await screen.findByText('It is gone.')).toBeInTheDocument();
});
