import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Task } from '../../api/types';
import { OutcomeDecision } from './OutcomeDecision';

const TASK = { id: 't1', status: 'waiting', error: { code: 'OUTCOME_UNKNOWN', message: 'The hub stopped.' } } as Task;

let sent: unknown;

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ user: { id: 'u', name: 'Ada', email: 'ada@example.com' }, role: 'member', permissions: [] })),
  http.post('/api/v1/tasks/t1/decision', async ({ request }) => {
    sent = await request.json();
    return HttpResponse.json(TASK);
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
afterEach(() => {
  sent = undefined;
  notifications.clean();
});

function show(task: Task): void {
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <OutcomeDecision task={task} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('asks only about an attempt whose outcome is not known', () => {
  show({ ...TASK, error: { code: 'HTTP_503', message: 'Busy' } });
  expect(screen.queryByText('Did this step have its effect?')).not.toBeInTheDocument();
});

it('lets the run go on with the output that a person gives', async () => {
  show(TASK);
  await userEvent.click(await screen.findByRole('button', { name: 'It has succeeded' }));
  const dialog = within(await screen.findByRole('dialog'));
  const output = dialog.getByRole('textbox', { name: 'Output of the step' });
  await userEvent.clear(output);
  await userEvent.type(output, '[[]');
  expect(dialog.getByRole('button', { name: 'Go on' })).toBeDisabled();
  await userEvent.clear(output);
  await userEvent.type(output, '{{"n":1}');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Comment' }), 'seen in the bank');
  await userEvent.click(dialog.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText('Decided.')).toBeInTheDocument();
  expect(sent).toEqual({ decision: 'succeed', output: { n: 1 }, comment: 'seen in the bank' });
});

it('has the step tried again', async () => {
  show(TASK);
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Decided.')).toBeInTheDocument();
  expect(sent).toEqual({ decision: 'retry' });
});
