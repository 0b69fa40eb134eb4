import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { every } from '../../../api/allowance';
import { ApiProblem, get, post, query } from '../../../api/http';
import type { components } from '../../../api/schema';
import { notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';

export type Approval = components['schemas']['Approval'];
export type DecisionInput = components['schemas']['DecisionInput'];
type ApprovalPage = components['schemas']['PageOfApproval'];

const PAGE_SIZE = 20;
const MOST_COUNTED = 100;

/** Everything about approvals is asked under this key, so that one refresh reaches it all. */
export const APPROVALS = ['approvals'] as const;

/** The approvals that are open or the ones that are not, newest first. */
export function useApprovals(open: boolean) {
  return useInfiniteQuery({
    queryKey: [...APPROVALS, open ? 'open' : 'done'],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) => get<ApprovalPage>(`/api/v1/approvals${query({ open: String(open), limit: PAGE_SIZE, cursor: pageParam })}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? null,
  });
}

/** One approval; `state` is what is known of its task, so that it is asked for anew when that changes. */
export function useApproval(id: string | undefined, state?: string) {
  return useQuery({
    queryKey: [...APPROVALS, 'one', id, state],
    queryFn: ({ signal }) => get<Approval>(`/api/v1/approvals/${id}`, signal),
    enabled: id !== undefined,
  });
}

/** The newest open approvals: those that a count and the live events are about. */
export function useOpenApprovals(refetchInterval: number, enabled: boolean) {
  return useQuery({
    queryKey: [...APPROVALS, 'counted'],
    queryFn: ({ signal }) => get<ApprovalPage>(`/api/v1/approvals${query({ open: 'true', limit: MOST_COUNTED })}`, signal),
    refetchInterval: every(refetchInterval),
    enabled,
  });
}

/** Answers an approval. What came in between (409, 403, 404) is said, and makes the lists stale as well. */
export function useDecide({ id, title }: Pick<Approval, 'id' | 'title'>, onDecided?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: DecisionInput) => post<Approval>(`/api/v1/approvals/${id}/decision`, input),
    onSuccess: ({ status }) => {
      notifyDone(status === 'approved' ? t('Approved: {{title}}', { title }) : t('Rejected: {{title}}', { title }));
      onDecided?.();
    },
    onError: (error) => {
      if (!isInput(error)) notifyFailure(error);
    },
    onSettled: (_, error) => {
      if (isInput(error)) return undefined;
      return Promise.all([queries.invalidateQueries({ queryKey: APPROVALS }), queries.invalidateQueries({ queryKey: ['run'] })]);
    },
  });
}

/** Whether the answer itself was refused, which its form shows. */
export const isInput = (error: unknown): error is ApiProblem => error instanceof ApiProblem && error.status === 422;
