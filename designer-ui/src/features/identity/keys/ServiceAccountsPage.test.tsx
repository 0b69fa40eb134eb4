import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ME, show } from '../testing';
import { ServiceAccountsPage } from './ServiceAccountsPage';

const account = (id: string, name: string, role: string, customRole: object | null) => ({ id, name, description: null, role, customRole, createdBy: 'Ada', createdAt: '2026-01-01T00:00:00Z' });
const KEY = {
  id: 'k1',
  name: 'Deployment',
  hint: 'aaaa',
  scopes: ['workflow:read'],
  allowedAddresses: [],
  owner: { id: 's1', name: 'Shop', serviceAccount: true },
  createdBy: 'Ada',
  createdAt: '2026-01-01T06:07:08',
  expiresAt: '2099-01-01T06:07:08',
  lastUsedAt: null,
  lastUsedFrom: null,
};

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json(ME)),
  http.get('/api/v1/service-accounts', () => HttpResponse.json({ items: [account('s1', 'Shop', 'viewer', null), account('s2', 'Till', 'custom', { id: 'r1', name: 'cashiers' })], nextCursor: null })),
  http.get('/api/v1/api-keys', ({ request }) => HttpResponse.json({ items: request.url.includes('s1') ? [KEY] : [], nextCursor: null })),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

it('names roles as the members page does, and times without seconds', async () => {
  show(<ServiceAccountsPage />);
  expect(await screen.findByText('Viewer')).toBeInTheDocument();
  expect(screen.getByText('cashiers')).toBeInTheDocument();
  expect(await screen.findByText('Until Jan 1, 2099, 06:07 · never used · made Jan 1, 2026, 06:07')).toBeInTheDocument();
});
