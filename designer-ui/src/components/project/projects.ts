import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get } from '../../api/http';
import type { components } from '../../api/schema';
import type { Page } from '../../api/types';
import { notifyDone } from '../ui';
import { t } from '../../i18n';

export type Project = components['schemas']['ProjectDetails'];

/** The projects that the signed-in user is in, or all for who sees all. */
export function useProjects() {
  return useQuery({ queryKey: ['projects'], queryFn: ({ signal }) => get<Page<Project>>('/api/v1/projects', signal), staleTime: 30_000 });
}

/** What can belong to a project, as its path has it. */
export type Kind = 'workflows' | 'connections';

/** Moves something to a project, or out of one. */
export function useMoveToProject(kind: Kind, id: string, then: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (projectId: string | null) => call<{ name: string }>(`/api/v1/${kind}/${id}/project`, { method: 'PUT', body: { projectId } }),
    onSuccess: async ({ data }) => {
      await Promise.all([[kind], ['projects'], ['connections', 'designer']].map((queryKey) => queries.invalidateQueries({ queryKey })));
      notifyDone(t('{{name}} is moved.', { name: data.name }));
      then();
    },
  });
}
