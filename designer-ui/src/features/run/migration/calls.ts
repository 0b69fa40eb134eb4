import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, query } from '../../../api/http';
import type { components } from '../../../api/schema';
import type { Page, WorkflowVersion } from '../../../api/types';
import { notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';

export type Migration = components['schemas']['Migration'];

/** The published versions of a workflow, newest first. */
export function useVersions(workflowId: string) {
  return useQuery({
    queryKey: ['workflow', workflowId, 'versions'],
    queryFn: async ({ signal }) => (await get<Page<WorkflowVersion>>(`/api/v1/workflows/${workflowId}/versions${query({ limit: 50 })}`, signal)).items,
  });
}

/** How runs would stand in a version; `runIds` null for all that have not ended. Nothing is asked without a version. */
export function usePreview(workflowId: string, toVersion: number | null, runIds: string[] | null) {
  return useQuery({
    queryKey: ['migration', workflowId, toVersion, runIds],
    queryFn: async () => (await post<Page<Migration>>(`/api/v1/workflows/${workflowId}/migrations/preview`, { toVersion, runIds })).items,
    enabled: toVersion !== null,
    staleTime: 0,
  });
}

export function useMigrate(workflowId: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: { toVersion: number; runIds: string[] }) => (await post<Page<Migration>>(`/api/v1/workflows/${workflowId}/migrations`, body)).items,
    onSuccess: (moved) => {
      const count = moved.filter((run) => run.migrated).length;
      const left = moved.length - count;
      notifyDone(left === 0 ? t('{{count}} runs moved', { count }) : t('{{count}} runs moved, {{left}} could not be: they went on meanwhile', { count, left }));
      onDone();
    },
    onError: notifyFailure,
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['run'] }), queries.invalidateQueries({ queryKey: ['runs'] }), queries.invalidateQueries({ queryKey: ['migration'] })]),
  });
}
