import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, query, remove, type Answer } from '../../../api/http';
import type { Page } from '../../../api/types';
import type { components } from '../../../api/schema';
import { notifyDone } from '../../../components/ui';
import { t } from '../../../i18n';

type Schemas = components['schemas'];

export type Role = Schemas['RoleDetails'];
export type Catalog = Schemas['PermissionCatalog'];
export type Permission = Schemas['PermissionDetails'];
export type Preset = Schemas['Preset'];
export type Draft = Schemas['RoleDraft'];

const ROLES = ['roles'] as const;

export function useRoles() {
  return useQuery({ queryKey: ROLES, queryFn: ({ signal }) => get<Page<Role>>('/api/v1/roles', signal) });
}

/** What there is to be allowed, and ready-made sets of it. */
export function useCatalog() {
  return useQuery({ queryKey: ['permissions'], queryFn: ({ signal }) => get<Catalog>('/api/v1/permissions', signal), staleTime: 60_000 });
}

/** A role as it is now, with the tag that a change of it must name; never from a cache. */
export const fetchRole = (id: string, signal?: AbortSignal): Promise<Answer<Role>> => call<Role>(`/api/v1/roles/${id}`, { signal });

/** Makes a role, or changes the one with the id if it still has the tag. */
export function useSaveRole(then: () => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ draft, id, etag }: { draft: Draft; id?: string; etag?: string }) =>
      id === undefined
        ? call<Role>('/api/v1/roles', { method: 'POST', body: draft })
        : call<Role>(`/api/v1/roles/${id}`, { method: 'PUT', body: draft, headers: { 'If-Match': etag ?? '' } }),
    onSuccess: async ({ data }) => {
      await refresh();
      notifyDone(t('{{name}} is saved.', { name: data.name }));
      then();
    },
  });
}

export function useDeleteRole(role: Role, then: () => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (moveTo: string | null) => remove(`/api/v1/roles/${role.id}${query({ moveTo })}`),
    onSuccess: async () => {
      await refresh();
      notifyDone(t('{{name}} is deleted.', { name: role.name }));
      then();
    },
  });
}

/** The signed-in user may have the role that was changed, and then may do more or less at once. */
function useRefresh(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all([ROLES, ['permissions'], ['me'], ['members']].map((queryKey) => queries.invalidateQueries({ queryKey })));
}
