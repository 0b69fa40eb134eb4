import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import type { Me } from '../../api/types';

export const ME: Me = {
  user: { id: 'u1', email: 'ada@example.com', name: 'Ada Lovelace' },
  organization: { id: 'o1', name: 'Engines', role: 'owner' },
  organizations: [{ id: 'o1', name: 'Engines', role: 'owner' }],
  role: 'owner',
  permissions: ['member:manage', 'organization:delete', 'organization:manage', 'organization:read'],
  emailVerified: false,
  outbox: true,
  singleSignOn: false,
};

/** Shows a page as the application does, at the given address. */
export function show(page: ReactNode, at = '/'): void {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ModalsProvider>
          <MemoryRouter initialEntries={[at]}>{page}</MemoryRouter>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
