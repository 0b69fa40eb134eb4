import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../../components/project';
import { ME, show } from '../testing';
import { ProjectsPage } from './ProjectsPage';

const BILLING: Project = { id: 'p1', name: 'Billing', description: 'Invoices', members: 1, workflows: 2, connections: 1, createdAt: '2026-01-05T06:00:00Z' };
const ADA = { userId: 'u1', email: 'ada@example.com', name: 'Ada', role: 'owner', joinedAt: '2026-01-05T06:00:00Z' };
const BOB = { userId: 'u2', email: 'bob@example.com', name: 'Bob', role: 'member', joinedAt: '2026-01-05T06:00:00Z' };

let projects: Project[] = [];
let inside: string[] = [];
let permissions: string[] = [];
let sent: { method: string; path: string; body?: unknown; match?: string | null }[] = [];

async function noted(request: Request): Promise<void> {
  const text = await request.text();
  sent.push({ method: request.method, path: new URL(request.url).pathname, body: text ? JSON.parse(text) : undefined, match: request.headers.get('If-Match') });
}

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json({ ...ME, permissions })),
  http.get('/api/v1/projects', () => HttpResponse.json({ items: projects, nextCursor: null })),
  http.get('/api/v1/projects/p1', () => HttpResponse.json(BILLING, { headers: { ETag: '"3"' } })),
  http.get('/api/v1/organizations/members', () => HttpResponse.json({ items: [ADA, BOB], nextCursor: null })),
  http.get('/api/v1/projects/p1/members', () => HttpResponse.json({ items: [ADA, BOB].filter(({ userId }) => inside.includes(userId)).map(({ userId, name, email }) => ({ id: userId, name, email })), nextCursor: null })),
  http.put('/api/v1/projects/p1/members/:id', async ({ request, params }) => {
    await noted(request);
    inside = [...inside, String(params.id)];
    return new HttpResponse(null, { status: 204 });
  }),
  http.delete('/api/v1/projects/p1/members/:id', async ({ request, params }) => {
    await noted(request);
    inside = inside.filter((id) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
  http.post('/api/v1/projects', async ({ request }) => {
    await noted(request);
    projects = [...projects, { ...BILLING, id: 'p2', name: 'Sales', workflows: 0 }];
    return HttpResponse.json(projects.at(-1), { status: 201 });
  }),
  http.patch('/api/v1/projects/p1', async ({ request }) => {
    await noted(request);
    projects = [{ ...BILLING, name: 'Money' }];
    return HttpResponse.json(projects[0]);
  }),
  http.delete('/api/v1/projects/p1', async ({ request }) => {
    await noted(request);
    return HttpResponse.json({ code: 'project-not-empty', detail: 'The project still has 2 workflows.' }, { status: 409 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  projects = [BILLING];
  inside = ['u1'];
  permissions = ['project:manage', 'project:all'];
  sent = [];
});
afterEach(() => server.resetHandlers());

async function choose(action: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: 'More for Billing' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

it('lists projects with what is in them', async () => {
  show(<ProjectsPage />);
  const row = within(await screen.findByRole('listitem', { name: 'Billing' }));
  expect(row.getByText('Invoices')).toBeInTheDocument();
  expect(row.getByText('1 member · 2 workflows · 1 connection')).toBeInTheDocument();
});

it('makes a project', async () => {
  show(<ProjectsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'New project' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Sales');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('listitem', { name: 'Sales' })).toBeInTheDocument();
  expect(sent).toEqual([{ method: 'POST', path: '/api/v1/projects', body: { name: 'Sales', description: '' }, match: null }]);
});

it('renames the project as it is now', async () => {
  show(<ProjectsPage />);
  await choose('Edit…');
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await userEvent.clear(name);
  await userEvent.type(name, 'Money');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('listitem', { name: 'Money' })).toBeInTheDocument();
  expect(sent[0]).toMatchObject({ method: 'PATCH', body: { name: 'Money', description: 'Invoices' }, match: '"3"' });
});

it('says why a project that is not empty stays', async () => {
  show(<ProjectsPage />);
  await choose('Delete…');
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(screen.getByRole('listitem', { name: 'Billing' })).toBeInTheDocument();
});

it('adds and removes members', async () => {
  show(<ProjectsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Members of Billing' }));
  await userEvent.click(await screen.findByRole('combobox', { name: 'Add a member' }));
  expect(screen.queryByRole('option', { name: /Ada/ })).not.toBeInTheDocument();
  await userEvent.click(await screen.findByRole('option', { name: 'Bob (bob@example.com)' }));
  expect(await screen.findByText('bob@example.com')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Remove Ada from the project' }));
  await waitFor(() => expect(screen.queryByText('ada@example.com')).not.toBeInTheDocument());
  expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['PUT /api/v1/projects/p1/members/u2', 'DELETE /api/v1/projects/p1/members/u1']);
});

it('only shows who is in it to who may not manage', async () => {
  permissions = [];
  show(<ProjectsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Members of Billing' }));
  expect(await screen.findByText('ada@example.com')).toBeInTheDocument();
  expect(screen.queryByRole('combobox', { name: 'Add a member' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'New project' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /^Remove/ })).not.toBeInTheDocument();
});
