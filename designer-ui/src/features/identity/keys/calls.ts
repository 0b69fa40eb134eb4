import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, post, query, remove } from '../../../api/http';
import type { components } from '../../../api/schema';
import type { Page } from '../../../api/types';
import { notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';

type Schemas = components['schemas'];

export type ApiKey = Schemas['KeyView'];
export type KeyInput = Schemas['KeyInput'];
export type NewKey = Schemas['NewKey'];
export type ServiceAccount = Schemas['AccountView'];
export type Permission = Schemas['PermissionDetails'];
export type Role = Schemas['RoleDetails'];

const KEYS = ['api-keys'] as const;
const ACCOUNTS = ['service-accounts'] as const;

/** One's own keys, everybody's, or those of a service account. */
export function useKeys(of: { all?: boolean; serviceAccountId?: string }) {
  const wanted = { all: of.all ? 'true' : undefined, serviceAccountId: of.serviceAccountId, limit: 200 };
  return useQuery({ queryKey: [...KEYS, wanted], queryFn: ({ signal }) => get<Page<ApiKey>>(`/api/v1/api-keys${query(wanted)}`, signal) });
}

export function useMakeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: KeyInput) => post<NewKey>('/api/v1/api-keys', input),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
}

export function useChangeKey(then: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: { id: string; name: string; allowedAddresses: string[] }) => call<ApiKey>(`/api/v1/api-keys/${id}`, { method: 'PATCH', body: change }),
    onSuccess: then,
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
}

export function useRevoke() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ApiKey) => remove(`/api/v1/api-keys/${id}`),
    onSuccess: (_, { name }) => notifyDone(t('{{name}} does not work any more.', { name })),
    onError: notifyFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
}

export function useServiceAccounts() {
  return useQuery({ queryKey: ACCOUNTS, queryFn: ({ signal }) => get<Page<ServiceAccount>>('/api/v1/service-accounts?limit=200', signal) });
}

export type AccountInput = Schemas['AccountInput'];

/** Makes a service account, or changes the given one. */
export function useSaveAccount(id: string | undefined, then: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: AccountInput) => call(id ? `/api/v1/service-accounts/${id}` : '/api/v1/service-accounts', { method: id ? 'PATCH' : 'POST', body: input }),
    onSuccess: then,
    onSettled: () => queries.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

export function useDeleteAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ServiceAccount) => remove(`/api/v1/service-accounts/${id}`),
    onSuccess: (_, { name }) => notifyDone(t('{{name}} and its keys are gone.', { name })),
    onError: notifyFailure,
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ACCOUNTS }), queries.invalidateQueries({ queryKey: KEYS })]),
  });
}

/** What may be allowed at all, with what the signed-in person may do. */
export function usePermissions() {
  return useQuery({ queryKey: ['permissions'], queryFn: ({ signal }) => get<Schemas['PermissionCatalog']>('/api/v1/permissions', signal), staleTime: 300_000 });
}

export function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => get<Page<Role>>('/api/v1/roles', signal), staleTime: 60_000 });
}

/** The role of a service account as a request names it. */
export const roleOf = ({ role, customRole }: ServiceAccount): string => customRole?.id ?? role;
