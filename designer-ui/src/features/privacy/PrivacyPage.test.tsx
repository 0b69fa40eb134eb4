import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrivacyPage } from './PrivacyPage';

const asked: unknown[] = [];
const server = setupServer(
  http.post('/api/v1/me/erase', async ({ request }) => {
    asked.push(await request.json());
    return HttpResponse.json({ code: 'last-owner', detail: 'An organization needs an owner.' }, { status: 409 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

it('asks for the password before it erases, and says why it does not', async () => {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <PrivacyPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Erase account' }));
  const field = await screen.findByLabelText(/Your password/, {}, { timeout: 10_000 });
  await userEvent.type(field, 'secret words');
  await userEvent.click(screen.getAllByRole('button', { name: 'Erase account' }).at(-1)!);
  expect(await screen.findByText('An organization needs an owner.', {}, { timeout: 10_000 })).toBeInTheDocument();
  expect(asked).toEqual([{ password: 'secret words' }]);
});
