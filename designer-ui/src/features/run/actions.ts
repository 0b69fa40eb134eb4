import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../api/http';
import { notifyDone, notifyFailure } from '../../components/ui';
import { t } from '../../i18n';

function useRunAction(runId: string, action: 'cancel' | 'retry', done: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post(`/api/v1/runs/${runId}/${action}`, action === 'retry' ? {} : undefined),
    onSuccess: async () => {
      notifyDone(done);
      await Promise.all([queries.invalidateQueries({ queryKey: ['runs'] }), queries.invalidateQueries({ queryKey: ['run', runId] })]);
    },
    onError: notifyFailure,
  });
}

export const useCancel = (runId: string) => useRunAction(runId, 'cancel', t('The run is being cancelled.'));

export const useRetry = (runId: string) => useRunAction(runId, 'retry', t('The run goes on from the failed step.'));
