import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get } from '../../api/http';
import type { ProcessingRecord, Retention } from '../../api/types';
import { notifyDone } from '../../components/ui';
import { t } from '../../i18n';

export interface WantedDays {
  runs: number | null;
  deadLetters: number | null;
  logs: number | null;
}

const PATH = '/api/v1/retention';
const RETENTION = ['retention'] as const;
const RECORD = ['processing-record'] as const;

export function useRunRetention() {
  return useQuery({ queryKey: RETENTION, queryFn: ({ signal }) => call<Retention>(PATH, { signal }) });
}

export function useRunRetentionChange(etag: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: WantedDays) => call<Retention>(PATH, { method: 'PUT', body, headers: { 'If-Match': etag ?? '' } }),
    onSuccess: (answer) => {
      queries.setQueryData(RETENTION, answer);
      void queries.invalidateQueries({ queryKey: RECORD });
      notifyDone(t('Saved. What is older goes within the hour.'));
    },
  });
}

export function useProcessingRecord() {
  return useQuery({ queryKey: RECORD, queryFn: ({ signal }) => get<ProcessingRecord>('/api/v1/processing-record', signal) });
}
