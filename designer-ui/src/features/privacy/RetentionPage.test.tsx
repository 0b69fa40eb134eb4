import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ProcessingRecord, Retention } from '../../api/types';
import { daysOf } from './RetentionForm';
import { RetentionPage } from './RetentionPage';

const RECORD: ProcessingRecord = {
  at: '2026-11-26T10:00:00Z',
  organization: 'Acme',
  contacts: [{ name: 'Ada', email: 'ada@example.com' }],
  categories: [{ data: 'Data of runs', people: 'Customers', purpose: 'Running workflows', kept: '90 days after they ended', place: 'Database of the hub' }],
  recipients: [{ kind: 'connection', name: 'slack', host: 'slack.com', receives: 'What steps send' }],
  measures: ['Secrets are sealed.'],
};

let retention: Retention;
let permissions: string[];
let sent: unknown[];

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ permissions, role: 'admin' })),
  http.get('/api/v1/retention', () => HttpResponse.json(retention, { headers: { ETag: '"2"' } })),
  http.put('/api/v1/retention', async ({ request }) => {
    expect(request.headers.get('If-Match')).toBe('"2"');
    const body = (await request.json()) as { runs: number | null };
    sent.push(body);
    if (body.runs === 80) {
      return HttpResponse.json({ code: 'invalid-input', detail: 'Not valid.', violations: [{ pointer: '/runs', message: 'Must be at most 70.' }] }, { status: 422 });
    }
    return HttpResponse.json({ ...retention, runs: { ...retention.runs, days: body.runs } }, { headers: { ETag: '"3"' } });
  }),
  http.get('/api/v1/processing-record', () => HttpResponse.json(RECORD)),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  permissions = ['audit:read', 'security:manage'];
  sent = [];
  retention = { runs: { days: 30, inForce: 'P30D', operator: 'P90D' }, deadLetters: { days: null, inForce: null, operator: null }, logs: { days: null, inForce: 'PT12H', operator: 'PT12H' } };
});

function show(): void {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MemoryRouter>
          <RetentionPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('says the longest there is, and saves what is shorter', async () => {
  show();
  const runs = await screen.findByLabelText(/Runs that ended well/, {}, { timeout: 10_000 });
  expect(runs).toHaveValue('30');
  expect(screen.getByText(/90 days, the longest on this hub/)).toBeInTheDocument();
  expect(screen.getByText(/for ever, as this hub does/)).toBeInTheDocument();
  await userEvent.clear(runs);
  await userEvent.type(runs, '80');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Must be at most 70.', {}, { timeout: 10_000 })).toBeInTheDocument();
  await userEvent.clear(runs);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => sent).toEqual([
    { runs: 80, deadLetters: null, logs: null },
    { runs: null, deadLetters: null, logs: null },
  ]);
});

it('shows the record to whoever may only look', async () => {
  permissions = ['audit:read'];
  show();
  expect(await screen.findByText('90 days after they ended', {}, { timeout: 10_000 })).toBeInTheDocument();
  expect(screen.getByText('slack.com')).toBeInTheDocument();
  expect(screen.getByText(/Ada <ada@example.com>/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
});

it('reads times as days', () => {
  expect(daysOf('P90D')).toBe(90);
  expect(daysOf('PT12H')).toBe(0);
  expect(daysOf('PT36H')).toBe(1);
  expect(daysOf(null)).toBeNull();
});
