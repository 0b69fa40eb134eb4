import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, post, query } from '../../api/http';
import type { AuditEvent, ChainReport, Member, Page } from '../../api/types';
import { notifyDone, notifyFailure } from '../../components/ui';
import { t } from '../../i18n';

export interface AuditFilter {
  actor: string | null;
  action: string | null;
  period: string | null;
}

const PERIODS: Record<string, number> = { day: 86_400_000, week: 604_800_000, month: 2_592_000_000 };

/** The filter as the API takes it. */
export function asked({ actor, action, period }: AuditFilter): Record<string, string | null> {
  const length = PERIODS[period ?? ''];
  return { actor, action, from: length ? new Date(Date.now() - length).toISOString() : null };
}

export function useAuditEvents(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) => get<Page<AuditEvent>>(`/api/v1/audit-events${query({ ...asked(filter), limit: 50, cursor: pageParam })}`, signal),
    getNextPageParam: (last) => last.nextCursor,
  });
}

export function useMembers() {
  return useQuery({ queryKey: ['members', 'first'], queryFn: ({ signal }) => get<Page<Member>>('/api/v1/organizations/members?limit=200', signal) });
}

export function useVerification() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (kept: { position: number; hash: string } | null) => post<ChainReport>('/api/v1/audit-verifications', kept ?? {}),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['audit'] }),
    onError: notifyFailure,
  });
}

const RETENTION = '/api/v1/audit-retention';

export function useRetention() {
  return useQuery({
    queryKey: ['audit-retention'],
    queryFn: async ({ signal }) => {
      const { data, etag } = await call<{ days: number }>(RETENTION, { signal });
      return { days: data.days, etag };
    },
  });
}

export function useRetentionChange(etag: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (days: number) => call(RETENTION, { method: 'PUT', body: { days }, headers: { 'If-Match': etag ?? '' } }),
    onSuccess: () => notifyDone(t('Saved. Older events go within the hour.')),
    onError: notifyFailure,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['audit-retention'] });
      void queries.invalidateQueries({ queryKey: ['audit'] });
    },
  });
}
