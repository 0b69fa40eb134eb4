import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../api/http';
import { notifyDone, notifyFailure } from '../../components/ui';
import { t } from '../../i18n';

function useRunAction<T>(runId: string, action: 'cancel' | 'retry' | 'pause' | 'resume', done: string, body: (asked: T) => object) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: T) => post(`/api/v1/runs/${runId}/${action}`, body(asked)),
    onSuccess: async () => {
      notifyDone(done);
      await Promise.all([queries.invalidateQueries({ queryKey: ['runs'] }), queries.invalidateQueries({ queryKey: ['run', runId] }), queries.invalidateQueries({ queryKey: ['dead-letters'] })]);
    },
    onError: notifyFailure,
  });
}

/** Cancels a run; asked with `true` it undoes first what was done. */
export const useCancel = (runId: string) => useRunAction<boolean>(runId, 'cancel', t('The run is being cancelled.'), (compensate) => ({ compensate }));

export const useRetry = (runId: string) => useRunAction<void>(runId, 'retry', t('The run goes on from the failed step.'), () => ({}));

export const usePause = (runId: string) => useRunAction<void>(runId, 'pause', t('Nothing new begins; what is at work finishes.'), () => ({}));

export const useResume = (runId: string) => useRunAction<void>(runId, 'resume', t('The run goes on.'), () => ({}));
