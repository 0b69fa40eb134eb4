import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TemplatesPage } from './TemplatesPage';

let projects: object[] = [];
let used: unknown[] = [];

const server = setupServer(
  http.get('/api/v1/templates', () => HttpResponse.json({ items: [{ id: 'order-total', name: 'Order total', description: 'Adds up.', category: 'sales', stepTypes: ['calculator'], exampleInput: {} }], nextCursor: null })),
  http.get('/api/v1/projects', () => HttpResponse.json({ items: projects, nextCursor: null })),
  http.post('/api/v1/templates/order-total/use', async ({ request }) => {
    used.push(await request.json());
    return HttpResponse.json({ id: 'w1' }, { status: 201 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  projects = [];
  used = [];
});

async function use(): Promise<void> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter>
          <TemplatesPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => expect(queries.getQueryData(['projects'])).toBeDefined());
  await userEvent.click(await screen.findByRole('button', { name: 'Use template Order total' }));
}

it('is used at once where there are no projects', async () => {
  await use();
  await waitFor(() => expect(used).toEqual([{ projectId: null }]));
});

it('asks for the project where there are some', async () => {
  projects = [{ id: 'p1', name: 'Billing' }];
  await use();
  const dialog = within(await screen.findByRole('dialog', { name: 'Use Order total' }));
  expect(used).toEqual([]);
  await userEvent.click(dialog.getByRole('combobox', { name: 'Project' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Billing' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Use template' }));
  await waitFor(() => expect(used).toEqual([{ projectId: 'p1' }]));
});
