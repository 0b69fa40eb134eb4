import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Draft, Role } from './calls';
import { RolesPage } from './RolesPage';

const PERMISSIONS = [
  { name: 'organization:read', description: 'See the organization.', yours: true },
  { name: 'workflow:read', description: 'See workflows.', yours: true },
  { name: 'workflow:edit', description: 'Change workflows.', yours: true },
  { name: 'run:retry', description: 'Retry what failed.', yours: true },
  { name: 'audit:read', description: 'Read the audit log.', yours: false },
];
const PRESETS = [
  { id: 'operator', name: 'Operator', description: 'Keeps workflows running.', permissions: ['organization:read', 'workflow:read', 'run:retry'] },
  { id: 'auditor', name: 'Auditor', description: 'Sees everything.', permissions: ['organization:read', 'workflow:read', 'audit:read'] },
];
const OWNER: Role = { role: 'owner', name: 'owner', builtIn: true, permissions: PERMISSIONS.map(({ name }) => name), members: 1, assignable: false };
const VIEWER: Role = { role: 'viewer', name: 'viewer', builtIn: true, permissions: ['organization:read', 'workflow:read'], members: 0, assignable: true };
const CLERK: Role = { role: 'r1', id: 'r1', name: 'Clerk', builtIn: false, permissions: ['organization:read', 'run:retry'], members: 2, assignable: true };
const STRONG: Role = { role: 'r2', id: 'r2', name: 'Strong', builtIn: false, permissions: ['organization:read', 'audit:read'], members: 0, assignable: false };

let roles: Role[] = [];
let revision = 1;
let sent: { method: string; body?: Draft; match?: string | null; moveTo?: string | null }[] = [];

const tag = (): string => `"${revision}"`;

const server = setupServer(
  http.get('/api/v1/roles', () => HttpResponse.json({ items: roles, nextCursor: null })),
  http.get('/api/v1/permissions', () => HttpResponse.json({ items: PERMISSIONS, presets: PRESETS })),
  http.get('/api/v1/roles/:id', ({ params }) => HttpResponse.json(roles.find(({ id }) => id === params.id), { headers: { ETag: tag() } })),
  http.post('/api/v1/roles', async ({ request }) => {
    const body = (await request.json()) as Draft;
    sent.push({ method: 'POST', body });
    const created = { ...CLERK, ...body, id: 'r9', role: 'r9', members: 0 };
    roles = [...roles, created];
    return HttpResponse.json(created, { status: 201 });
  }),
  http.put('/api/v1/roles/:id', async ({ request, params }) => {
    const body = (await request.json()) as Draft;
    const match = request.headers.get('If-Match');
    sent.push({ method: 'PUT', body, match });
    if (match !== tag()) return HttpResponse.json({ code: 'stale', detail: 'Changed since.' }, { status: 412 });
    roles = roles.map((role) => (role.id === params.id ? { ...role, ...body } : role));
    return HttpResponse.json({ ...CLERK, ...body }, { headers: { ETag: '"8"' } });
  }),
  http.delete('/api/v1/roles/:id', ({ request, params }) => {
    sent.push({ method: 'DELETE', moveTo: new URL(request.url).searchParams.get('moveTo') });
    roles = roles.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  roles = [OWNER, VIEWER, CLERK, STRONG];
  revision = 1;
  sent = [];
});
afterEach(() => server.resetHandlers());

function show(): void {
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RolesPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const row = async (name: string) => within(await screen.findByRole('listitem', { name }));

async function choose(role: string, action: string): Promise<void> {
  await userEvent.click((await row(role)).getByRole('button', { name: `More for ${role}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

async function start(item: RegExp): Promise<HTMLElement> {
  await userEvent.click(await screen.findByRole('button', { name: 'New role' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
  return screen.findByRole('dialog');
}

it('lists built-in and own roles with what each allows', async () => {
  show();
  const clerk = await row('Clerk');
  expect(clerk.getByText('2 of 5 permissions · 2 members')).toBeInTheDocument();
  expect((await row('Owner')).getByText('Everything · 1 member')).toBeInTheDocument();
  expect((await row('Viewer')).getByText('Built in')).toBeInTheDocument();
  expect(clerk.queryByText('Retry what failed.')).not.toBeInTheDocument();
  await userEvent.click(clerk.getByRole('button', { name: /^Clerk/ }));
  expect(clerk.getByText('Retry what failed.')).toBeVisible();
  expect(clerk.queryByText('Change workflows.')).not.toBeInTheDocument();
});

it('makes a role from scratch, with a whole subject at once', async () => {
  show();
  await start(/From scratch/);
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Drawer');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Everything about Workflows' }));
  await userEvent.click(screen.getByRole('button', { name: 'Create role' }));
  expect(await screen.findByText('Drawer is saved.')).toBeInTheDocument();
  expect(sent).toEqual([{ method: 'POST', body: { name: 'Drawer', permissions: ['workflow:read', 'workflow:edit'] } }]);
  expect(await screen.findByRole('listitem', { name: 'Drawer' })).toBeInTheDocument();
});

it('starts with a ready-made set and leaves out what one may not do', async () => {
  show();
  const dialog = within(await start(/^Auditor/));
  expect(dialog.getByText('Left out, because you may not do it yourself: audit:read')).toBeInTheDocument();
  expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Auditor');
  expect(dialog.getByRole('checkbox', { name: 'See workflows.' })).toBeChecked();
  const beyond = dialog.getByRole('checkbox', { name: 'Read the audit log.' });
  expect(beyond).toBeDisabled();
  expect(beyond).not.toBeChecked();
  expect(dialog.getByText(/You may not do this yourself/)).toBeInTheDocument();
  expect(dialog.getByRole('checkbox', { name: 'See the organization.' })).toBeDisabled();
  expect(dialog.getByRole('checkbox', { name: 'See the organization.' })).toBeChecked();
});

it('changes a role with the tag that it was read with', async () => {
  show();
  await choose('Clerk', 'Edit…');
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Retry what failed.' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'See workflows.' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Clerk is saved.')).toBeInTheDocument();
  expect(sent).toEqual([{ method: 'PUT', match: '"1"', body: { name: 'Clerk', permissions: ['workflow:read'] } }]);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

async function editTooLate(): Promise<void> {
  show();
  await choose('Clerk', 'Edit…');
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await userEvent.clear(name);
  await userEvent.type(name, 'Mine');
  revision = 2;
  roles = roles.map((role) => (role.id === 'r1' ? { ...role, name: 'Theirs', permissions: ['organization:read', 'workflow:edit'] } : role));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Somebody else changed this role meanwhile')).toBeInTheDocument();
}

it('says when somebody was faster, and shows what they made of it', async () => {
  await editTooLate();
  await userEvent.click(screen.getByRole('button', { name: 'Show how it is now' }));
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('Theirs'));
  expect(screen.getByRole('checkbox', { name: 'Change workflows.' })).toBeChecked();
  expect(screen.queryByText('Somebody else changed this role meanwhile')).not.toBeInTheDocument();
});

it('saves over the change of somebody else only when told to', async () => {
  await editTooLate();
  await userEvent.click(screen.getByRole('button', { name: 'Save mine over it' }));
  expect(await screen.findByText('Mine is saved.')).toBeInTheDocument();
  expect(sent.map(({ match }) => match)).toEqual(['"1"', '"2"']);
});

it('says at the name what is wrong with it', async () => {
  server.use(http.post('/api/v1/roles', () => HttpResponse.json({ code: 'invalid', detail: 'Wrong.', violations: [{ pointer: '/name', message: 'Must not be the name of a built-in role.' }] }, { status: 422 })));
  show();
  await start(/From scratch/);
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'owner');
  await userEvent.click(screen.getByRole('button', { name: 'Create role' }));
  expect(await screen.findByText('Must not be the name of a built-in role.')).toBeInTheDocument();
});

it('moves the members of a role that goes', async () => {
  show();
  await choose('Clerk', 'Delete…');
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('Members who have this role: 2. They get another one at once.')).toBeInTheDocument();
  expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await userEvent.click(dialog.getByRole('combobox', { name: /Their new role/ }));
  expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual(['Viewer']);
  await userEvent.click(screen.getByRole('option', { name: 'Viewer' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('Clerk is deleted.')).toBeInTheDocument();
  expect(sent).toEqual([{ method: 'DELETE', moveTo: 'viewer' }]);
});

it('does not let roles be changed that allow more than oneself', async () => {
  show();
  const strong = await row('Strong');
  expect(strong.getByText(/It allows more than you may do yourself/)).toBeInTheDocument();
  expect(strong.queryByRole('button', { name: 'More for Strong' })).not.toBeInTheDocument();
});

it('says why there is nothing to see', async () => {
  server.use(http.get('/api/v1/roles', () => HttpResponse.json({ code: 'forbidden', detail: 'You may not see the roles.' }, { status: 403 })));
  show();
  expect(await screen.findByText('You may not see the roles.')).toBeInTheDocument();
});
