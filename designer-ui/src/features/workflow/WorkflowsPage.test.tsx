import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WorkflowsPage } from './WorkflowsPage';

const workflow = (id: string, name: string, projectId: string | null) => ({
  id,
  name,
  description: '',
  revision: 1,
  publishedVersion: null,
  changesNotLive: false,
  trigger: null,
  projectId,
  createdAt: '2026-01-05T06:00:00Z',
  updatedAt: '2026-01-05T06:00:00Z',
});

let projects: object[] = [];
let sent: { path: string; body: unknown }[] = [];

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ role: 'member', permissions: ['workflow:edit'] })),
  http.get('/api/v1/projects', () => HttpResponse.json({ items: projects, nextCursor: null })),
  http.get('/api/v1/workflows', ({ request }) => {
    const project = new URL(request.url).searchParams.get('projectId');
    const all = [workflow('w1', 'Invoices', 'p1'), workflow('w2', 'Greetings', null)];
    return HttpResponse.json({ items: all.filter(({ projectId }) => project === null || projectId === project), nextCursor: null });
  }),
  http.put('/api/v1/workflows/:id/project', async ({ request }) => {
    sent.push({ path: new URL(request.url).pathname, body: await request.json() });
    return HttpResponse.json(workflow('w1', 'Invoices', null));
  }),
  http.post('/api/v1/workflows', async ({ request }) => {
    sent.push({ path: '/api/v1/workflows', body: await request.json() });
    return HttpResponse.json(workflow('w3', 'New', 'p1'), { status: 201 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  projects = [{ id: 'p1', name: 'Billing', description: '', members: 1, workflows: 1, connections: 0, createdAt: '2026-01-05T06:00:00Z' }];
  sent = [];
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ModalsProvider>
          <MemoryRouter>
            <WorkflowsPage />
          </MemoryRouter>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
});

it('says which project a workflow belongs to and shows those of one', async () => {
  expect(await screen.findByTitle('Project Billing')).toBeInTheDocument();
  expect(screen.getByText('Greetings')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('combobox', { name: 'Project' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Billing' }));
  await waitFor(() => expect(screen.queryByText('Greetings')).not.toBeInTheDocument());
  expect(screen.getByText('Invoices')).toBeInTheDocument();
});

it('moves a workflow out of its project', async () => {
  await userEvent.click(await screen.findByRole('button', { name: 'More for Invoices' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Move to a project…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Move Invoices' }));
  expect(dialog.getByRole('button', { name: 'Move' })).toBeDisabled();
  await userEvent.click(dialog.getByRole('combobox', { name: 'Project' }));
  await userEvent.click(await screen.findByRole('option', { name: 'The whole organization' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Move' }));
  await waitFor(() => expect(sent).toEqual([{ path: '/api/v1/workflows/w1/project', body: { projectId: null } }]));
});

it('makes a workflow in the project that is looked at', async () => {
  await userEvent.click(await screen.findByRole('combobox', { name: 'Project' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Billing' }));
  await userEvent.click(screen.getByRole('button', { name: 'New workflow' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New workflow' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'New');
  await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
  await waitFor(() => expect(sent[0]).toMatchObject({ body: { name: 'New', projectId: 'p1' } }));
});
