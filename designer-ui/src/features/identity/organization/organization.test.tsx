import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../../api/http';
import { session } from '../../../api/session';
import type { Member } from '../../../api/types';
import { InvitationPage } from '../InvitationPage';
import { ME, show } from '../testing';
import { MembersPage } from './MembersPage';
import { OrganizationPage } from './OrganizationPage';
import * as switching from './switching';

const ROLES = ['owner', 'admin', 'member', 'viewer'].map((role) => ({ role, name: role, builtIn: true, permissions: [], members: 1, assignable: true }));
const ADA: Member = { userId: 'u1', email: 'ada@example.com', name: 'Ada Lovelace', role: 'owner', joinedAt: '2026-01-05T06:00:00Z' };
const BOB: Member = { userId: 'u2', email: 'bob@example.com', name: 'Bob', role: 'custom', customRole: { id: 'r1', name: 'Operator' }, joinedAt: '2026-01-05T06:00:00Z' };
const OFFER = { organization: 'Engines', invitedBy: 'Ada', email: 'guest@example.com', role: 'member', expiresAt: '2099-01-01T00:00:00Z', hasAccount: false };
const INVITATION = { id: 'i1', email: 'guest@example.com', role: 'viewer', invitedBy: 'Ada', createdAt: '2026-01-05T06:00:00Z', expiresAt: '2099-01-01T00:00:00Z', expired: false };

let calls: { path: string; body: unknown }[] = [];
let me = ME;
let deletesAt: string | null = null;
let offer: object | null = OFFER;

async function noted(request: Request): Promise<void> {
  const text = await request.text();
  const { pathname, search } = new URL(request.url);
  calls.push({ path: `${request.method} ${pathname}${search}`, body: text ? JSON.parse(text) : undefined });
}

const done = async ({ request }: { request: Request }) => (await noted(request), new HttpResponse(null, { status: 204 }));

const server = setupServer(
  http.get('/api/v1/me', () => HttpResponse.json(me)),
  http.get('/api/v1/roles', () => HttpResponse.json({ items: [...ROLES, { role: 'r1', id: 'r1', name: 'Operator', builtIn: false, permissions: [], members: 1, assignable: true }], nextCursor: null })),
  http.get('/api/v1/organizations/members', () => HttpResponse.json({ items: [ADA, BOB], nextCursor: null })),
  http.get('/api/v1/organizations/invitations', () => HttpResponse.json({ items: [INVITATION], nextCursor: null })),
  http.post('/api/v1/organizations/members', async ({ request }) => {
    await noted(request);
    return HttpResponse.json({ status: 'invited', email: 'new@example.com', role: 'member', invitationId: 'i2' }, { status: 201 });
  }),
  http.patch('/api/v1/organizations/members/u2', async ({ request }) => (await noted(request), HttpResponse.json(BOB))),
  http.post('/api/v1/organizations/invitations/i1/resend', async ({ request }) => (await noted(request), HttpResponse.json(INVITATION))),
  http.get('/api/v1/organizations/o1', () => HttpResponse.json({ id: 'o1', name: 'Engines', role: 'owner', createdAt: '2026-01-05T06:00:00Z', deletesAt }, { headers: { ETag: '"1"' } })),
  http.post('/api/v1/organizations/o1/transfer', done),
  http.post('/api/v1/organizations/o1/restore', done),
  http.delete('/api/v1/organizations/o1', done),
  http.post('/api/v1/organizations/invitations/accept', async ({ request }) => (await noted(request), HttpResponse.json({ id: 'o1', name: 'Engines', role: 'member' }))),
  http.post('/auth/invitations/look', () => (offer ? HttpResponse.json(offer) : HttpResponse.json({ code: 'invitation-invalid', detail: 'This invitation was used.' }, { status: 422 }))),
  http.post('/auth/invitations/join', async ({ request }) => (await noted(request), HttpResponse.json({ accessToken: 'token', expiresIn: 900 }, { status: 201 }))),
  http.post('/auth/logout', async ({ request }) => (await noted(request), HttpResponse.json({ continueAt: null }))),
  http.post('/auth/refresh', () => HttpResponse.json({ code: 'session-ended' }, { status: 401 })),
);

const goTo = vi.spyOn(switching, 'goTo');
const switchTo = vi.spyOn(switching, 'switchTo');

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  calls = [];
  me = ME;
  deletesAt = null;
  offer = OFFER;
  session.end();
  goTo.mockReset().mockImplementation(() => undefined);
  switchTo.mockReset().mockResolvedValue(undefined);
});

it('lists members with their roles, and invitations that wait', async () => {
  show(<MembersPage />);
  const rows = within(await screen.findByRole('list', { name: 'Members' })).getAllByRole('listitem');
  expect(rows[0]).toHaveTextContent('Ada LovelaceYou');
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Role of Bob' })).toHaveValue('Operator'));
  expect(await screen.findByText('guest@example.com')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'More for guest@example.com' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Send again' }));
  await waitFor(() => expect(calls.at(-1)?.path).toBe('POST /api/v1/organizations/invitations/i1/resend'));
});

it('changes a role and invites somebody', async () => {
  show(<MembersPage />);
  await userEvent.click(await screen.findByRole('combobox', { name: 'Role of Bob' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Admin' }));
  await waitFor(() => expect(calls).toEqual([{ path: 'PATCH /api/v1/organizations/members/u2', body: { role: 'admin' } }]));
  await userEvent.click(screen.getByRole('button', { name: 'Invite' }));
  const dialog = await screen.findByRole('dialog', { name: 'Invite somebody' });
  await userEvent.type(within(dialog).getByLabelText(/E-mail/), 'new@example.com');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Invite' }));
  await waitFor(() => expect(calls.at(-1)).toEqual({ path: 'POST /api/v1/organizations/members', body: { email: 'new@example.com', role: 'member' } }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

it('shows who may not manage members only who they are', async () => {
  me = { ...ME, permissions: ['organization:read'] };
  show(<MembersPage />);
  expect(await screen.findByText('Operator')).toBeInTheDocument();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  expect(screen.queryByText('guest@example.com')).not.toBeInTheDocument();
});

it('deletes the organization only when its name is typed', async () => {
  show(<OrganizationPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the organization' }));
  const dialog = await screen.findByRole('dialog', { name: 'Delete Engines?' });
  const deletion = within(dialog).getByRole('button', { name: 'Delete' });
  await userEvent.type(within(dialog).getByLabelText(/Type the name/), 'Engine');
  expect(deletion).toBeDisabled();
  await userEvent.type(within(dialog).getByLabelText(/Type the name/), 's');
  await userEvent.click(deletion);
  await waitFor(() => expect(calls.map(({ path }) => path)).toEqual(['DELETE /api/v1/organizations/o1?name=Engines']));
});

it('says when it will be deleted and lets an owner restore it', async () => {
  deletesAt = '2099-01-01T00:00:00Z';
  me = { ...ME, permissions: ['organization:delete', 'organization:read'] };
  show(<OrganizationPage />);
  expect(await screen.findByText(/will be deleted on Jan 1, 2099/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Delete the organization' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Restore it' }));
  await waitFor(() => expect(calls.map(({ path }) => path)).toEqual(['POST /api/v1/organizations/o1/restore']));
});

it('hands the organization over with the password', async () => {
  show(<OrganizationPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Hand it over' }));
  const dialog = await screen.findByRole('dialog', { name: 'Hand the organization over' });
  await userEvent.click(within(dialog).getByRole('combobox', { name: /New owner/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'Bob (bob@example.com)' }));
  await userEvent.type(within(dialog).getByLabelText(/Your password/), 'right');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Hand it over' }));
  await waitFor(() => expect(calls).toEqual([{ path: 'POST /api/v1/organizations/o1/transfer', body: { userId: 'u2', password: 'right' } }]));
});

it('lets somebody without an account join by an invitation', async () => {
  show(<InvitationPage />, '/invitation#secret');
  expect(await screen.findByRole('heading', { name: 'Join Engines' })).toBeInTheDocument();
  await userEvent.type(await screen.findByLabelText(/Name/), 'Grace');
  await userEvent.type(screen.getByLabelText(/Password/, { selector: 'input' }), 'purple elevator seventeen');
  await userEvent.click(screen.getByRole('button', { name: 'Create account and join' }));
  await waitFor(() => expect(calls).toEqual([{ path: 'POST /auth/invitations/join', body: { token: 'secret', name: 'Grace', password: 'purple elevator seventeen' } }]));
});

it('says that an invitation is for somebody else than who is signed in', async () => {
  session.begin({ accessToken: 'token', expiresIn: 900 } as Parameters<typeof session.begin>[0]);
  show(<InvitationPage />, '/invitation#secret');
  expect(await screen.findByText(/You are signed in as ada@example.com. This invitation is for guest@example.com/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Accept' })).not.toBeInTheDocument();
});

it('accepts an invitation as who is signed in, and says why one does not count', async () => {
  session.begin({ accessToken: 'token', expiresIn: 900 } as Parameters<typeof session.begin>[0]);
  offer = { ...OFFER, email: 'ada@example.com' };
  show(<InvitationPage />, '/invitation#secret');
  await userEvent.click(await screen.findByRole('button', { name: 'Accept' }));
  await waitFor(() => expect(calls).toEqual([{ path: 'POST /api/v1/organizations/invitations/accept', body: { token: 'secret' } }]));
  offer = null;
  show(<InvitationPage />, '/invitation#old');
  expect(await screen.findByText('This invitation was used.')).toBeInTheDocument();
});

it('says how who came by single sign-on gets into the organization that was joined', async () => {
  session.begin({ accessToken: 'token', expiresIn: 900 } as Parameters<typeof session.begin>[0]);
  offer = { ...OFFER, organization: 'Looms', email: 'ada@example.com' };
  switchTo.mockRejectedValue(new ApiProblem(403, 'sign-in-required', 'Sign in there.', [], undefined, { startUrl: '/auth/sso/start?organization=o2' }));
  show(<InvitationPage />, '/invitation#secret');
  await userEvent.click(await screen.findByRole('button', { name: 'Accept' }));
  expect(await screen.findByText('You are a member of Looms now.')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Sign in by its single sign-on' })).toHaveAttribute('href', '/auth/sso/start?organization=o2');
  await userEvent.click(screen.getByRole('button', { name: 'Sign out, then sign in by password' }));
  await waitFor(() => expect(calls.at(-1)?.path).toBe('POST /auth/logout'));
  expect(session.signedIn()).toBe(false);
});

it('goes by single sign-on where an organization takes nothing else', async () => {
  switchTo.mockRestore();
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, assign });
  server.use(http.post('/api/v1/organizations/o3/switch', () => HttpResponse.json({ code: 'sso-required', detail: 'x', startUrl: '/auth/sso/start?organization=o3' }, { status: 403 })));
  goTo.mockRestore();
  await switching.switchTo('o3');
  expect(assign).toHaveBeenCalledWith('/auth/sso/start?organization=o3');
  vi.unstubAllGlobals();
});
