import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { every } from '../../../api/allowance';
import { get, post, query } from '../../../api/http';
import type { DeadLetter, DeadLetterReport, Page } from '../../../api/types';
import { notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';

const LETTERS = ['dead-letters'];

/** What is looked for; null leaves a criterion out. */
export interface Wanted {
  workflowId: string | null;
  code: string | null;
}

export function useDeadLetters(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: [...LETTERS, wanted],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) => get<Page<DeadLetter>>(`/api/v1/dead-letters${query({ ...wanted, limit: 100, cursor: pageParam })}`, signal),
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: every(10_000),
  });
}

export type Action = 'retry' | 'discard';

/** Retries or discards runs, and says what became of them. */
export function useDeal(action: Action, done: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (runIds: string[]) => post<DeadLetterReport>(`/api/v1/dead-letters/${action}`, { runIds }),
    onSuccess: async (report) => {
      done();
      if (report.done > 0) notifyDone(said(action, report.done));
      if (report.refused > 0) notifyFailure(new Error(refused(report)));
      await Promise.all([LETTERS, ['runs'], ['run']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: notifyFailure,
  });
}

function said(action: Action, count: number): string {
  if (action === 'retry') return count === 1 ? t('The run goes on from where it stopped.') : t('{{count}} runs go on from where they stopped.', { count });
  return count === 1 ? t('The run is cancelled.') : t('{{count}} runs are cancelled.', { count });
}

/** The first reason stands for all: they are mostly the same. */
function refused({ refused: count, items }: DeadLetterReport): string {
  const reason = items.find(({ done }) => !done)?.message ?? '';
  return count === 1 ? t('One run was left as it is: {{reason}}', { reason }) : t('{{count}} runs were left as they are: {{reason}}', { count, reason });
}
