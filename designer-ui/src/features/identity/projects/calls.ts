import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, get, query, remove } from '../../../api/http';
import type { components } from '../../../api/schema';
import type { Page } from '../../../api/types';
import type { Project } from '../../../components/project';
import { notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';

type Schemas = components['schemas'];

export type ProjectMember = Schemas['ProjectMember'];
export type Draft = Schemas['NewProject'];
export type Person = Schemas['Member'];

const PATH = '/api/v1/projects';

/** Makes a project, or changes the given one unless somebody else has meanwhile. */
export function useSaveProject(project: Project | null, then: () => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (draft: Draft) => {
      if (!project) return call<Project>(PATH, { method: 'POST', body: draft });
      const { etag } = await call<Project>(`${PATH}/${project.id}`);
      return call<Project>(`${PATH}/${project.id}`, { method: 'PATCH', body: draft, headers: { 'If-Match': etag ?? '' } });
    },
    onSuccess: async ({ data }) => {
      await refresh();
      notifyDone(t('{{name}} is saved.', { name: data.name }));
      then();
    },
  });
}

export function useDeleteProject(project: Project) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => remove(`${PATH}/${project.id}`),
    onSuccess: async () => {
      await refresh();
      notifyDone(t('{{name}} is deleted.', { name: project.name }));
    },
    onError: notifyFailure,
  });
}

export function useProjectMembers(projectId: string) {
  return usePages<ProjectMember>(['projects', projectId, 'members'], `${PATH}/${projectId}/members`);
}

/** Everybody in the organization, to choose members from. */
export function usePeople() {
  return usePages<Person>(['members', 'all'], '/api/v1/organizations/members');
}

function usePages<T>(queryKey: readonly string[], path: string) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => get<Page<T>>(`${path}${query({ limit: 200, cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useChangeMembers(projectId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ userId, add }: { userId: string; add: boolean }) => call(`${PATH}/${projectId}/members/${userId}`, { method: add ? 'PUT' : 'DELETE' }),
    onSuccess: refresh,
    onError: notifyFailure,
  });
}

/** Whoever changes who is in a project may see more or less from now on. */
function useRefresh(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(['projects', 'workflows', 'connections'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
