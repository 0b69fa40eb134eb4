import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ApprovalsPage } from './ApprovalsPage';
import type { Approval, DecisionInput } from './calls';

const PAY: Approval = {
  id: 'a1',
  runId: 'r1',
  workflowId: 'w1',
  workflowName: 'Approve payment',
  elementId: 'ask',
  status: 'waiting',
  title: 'Pay 1200?',
  description: 'The supplier asked twice.',
  assignees: ['role:admin', 'eve@example.com'],
  data: { amount: 1200, note: 'as agreed', supplier: { name: 'Acme', tags: ['old', 'good'] } },
  form: { properties: { amount: { type: 'number', title: 'Amount' }, note: { type: 'string', title: 'Note' } } },
  fourEyes: false,
  askedAt: '2026-01-02T10:00:00Z',
  dueAt: null,
  reminders: 0,
  escalated: false,
  canDecide: true,
  decision: null,
};

let open: Approval[] = [];
let done: Approval[] = [];
let sent: DecisionInput | undefined;
let permissions = ['run:read', 'approval:decide'];

const decided = (approval: Approval, input: DecisionInput): Approval => ({
  ...approval,
  status: input.decision === 'approve' ? 'approved' : 'rejected',
  canDecide: false,
  decision: { decision: input.decision, comment: input.comment, decidedAt: '2026-01-02T11:00:00Z', decidedBy: { name: 'Ada' }, data: { ...approval.data, ...input.arguments } },
});

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ user: { id: 'u', name: 'Ada', email: 'ada@example.com' }, role: 'member', permissions })),
  http.get('/api/v1/approvals', ({ request }) => {
    const { searchParams } = new URL(request.url);
    const all = searchParams.get('open') === 'true' ? open : done;
    const from = Number(searchParams.get('cursor') ?? 0);
    return HttpResponse.json({ items: all.slice(from, from + 1), nextCursor: from + 1 < all.length ? String(from + 1) : null });
  }),
  http.post('/api/v1/approvals/:id/decision', async ({ params, request }) => {
    sent = (await request.json()) as DecisionInput;
    const approval = open.find(({ id }) => id === params.id) as Approval;
    open = open.filter((each) => each !== approval);
    const answer = decided(approval, sent);
    done = [answer, ...done];
    return HttpResponse.json(answer);
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  open = [PAY];
  done = [];
  sent = undefined;
  permissions = ['run:read', 'approval:decide'];
});
afterEach(() => server.resetHandlers());

function show(): void {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={['/approvals']}>
          <ApprovalsPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const shown = (): Promise<HTMLElement> => screen.findByRole('article', { name: 'Pay 1200?' });
const answered = (status: number, body: object) => http.post('/api/v1/approvals/:id/decision', () => HttpResponse.json(body, { status }));

it('shows what is asked, of whom, and what is proposed', async () => {
  show();
  expect(screen.getByRole('status', { name: 'Loading' })).toBeInTheDocument();
  const card = within(await shown());
  expect(card.getByText('The supplier asked twice.')).toBeInTheDocument();
  expect(card.getByRole('link', { name: 'Approve payment' })).toHaveAttribute('href', '/workflows/w1');
  expect(card.getByRole('link', { name: 'Its run' })).toHaveAttribute('href', '/runs/r1');
  expect(card.getByText('admin and above, eve@example.com')).toBeInTheDocument();
  expect(card.getByText('old, good')).toBeInTheDocument();
  expect(card.getByRole('textbox', { name: 'Amount' })).toHaveValue('1200');
});

it('approves with the corrections and the comment, by keyboard', async () => {
  show();
  const card = within(await shown());
  await userEvent.clear(card.getByRole('textbox', { name: 'Amount' }));
  await userEvent.type(card.getByRole('textbox', { name: 'Amount' }), '900{Enter}');
  await userEvent.clear(card.getByRole('textbox', { name: 'Note' }));
  await userEvent.type(card.getByRole('textbox', { name: 'Comment' }), 'less');
  expect(sent).toBeUndefined();
  card.getByRole('button', { name: 'Approve' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('Nothing waits for an answer')).toBeInTheDocument();
  expect(sent).toEqual({ decision: 'approve', comment: 'less', arguments: { amount: 900, note: '' } });
  expect(await screen.findByText('Approved: Pay 1200?')).toBeInTheDocument();
});

it('rejects only after a confirmation', async () => {
  show();
  await userEvent.click(within(await shown()).getByRole('button', { name: 'Reject' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Reject: Pay 1200?' }));
  expect(sent).toBeUndefined();
  await userEvent.type(dialog.getByRole('textbox', { name: 'Comment' }), 'too dear');
  await userEvent.click(dialog.getByRole('button', { name: 'Reject for good' }));
  expect(await screen.findByText('Nothing waits for an answer')).toBeInTheDocument();
  expect(sent).toEqual({ decision: 'reject', comment: 'too dear' });
  await userEvent.click(screen.getByRole('tab', { name: 'Done' }));
  expect(await screen.findByText(/^Rejected by Ada/)).toBeInTheDocument();
  expect(screen.getByText('too dear')).toBeInTheDocument();
});

it('says that somebody else was faster, and asks for the list anew', async () => {
  server.use(answered(409, { code: 'approval-decided', detail: 'It was decided.' }));
  show();
  const card = await shown();
  open = [];
  await userEvent.click(within(card).getByRole('button', { name: 'Approve' }));
  expect(await screen.findByText('It was decided.')).toBeInTheDocument();
  expect(await screen.findByText('Nothing waits for an answer')).toBeInTheDocument();
});

it('shows what the hub refuses at its field and keeps what was typed', async () => {
  server.use(answered(422, { code: 'approval-arguments-invalid', detail: 'They do not fit.', violations: [{ pointer: '/arguments/amount', message: 'must be at most 500' }] }));
  show();
  const card = within(await shown());
  await userEvent.type(card.getByRole('textbox', { name: 'Comment' }), 'please');
  await userEvent.click(card.getByRole('button', { name: 'Approve' }));
  expect(await card.findByText('must be at most 500')).toBeInTheDocument();
  expect(card.getByText('They do not fit.')).toBeInTheDocument();
  expect(card.getByRole('textbox', { name: 'Comment' })).toHaveValue('please');
});

it('says why the signed-in person cannot decide', async () => {
  open = [{ ...PAY, canDecide: false }];
  show();
  const card = within(await shown());
  expect(await card.findByText('Only admin and above, eve@example.com may decide.')).toBeInTheDocument();
  expect(card.getByRole('button', { name: 'Approve' })).toBeDisabled();
  expect(card.getByRole('button', { name: 'Reject' })).toBeDisabled();
  expect(card.getByRole('textbox', { name: 'Amount' })).toBeDisabled();
});

it('goes on to older ones', async () => {
  open = [PAY, { ...PAY, id: 'a2', title: 'Pay 7?' }];
  show();
  await shown();
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('article', { name: 'Pay 7?' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
});

it('shows what was corrected beside what was proposed', async () => {
  done = [decided(PAY, { decision: 'approve', arguments: { amount: 900 } })];
  show();
  await userEvent.click(screen.getByRole('tab', { name: 'Done' }));
  expect(within(await shown()).getByText('proposed was 1200')).toBeInTheDocument();
});
