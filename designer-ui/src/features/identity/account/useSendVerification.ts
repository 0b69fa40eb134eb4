import { useMutation } from '@tanstack/react-query';
import { post } from '../../../api/http';
import { notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';

/** Sends the link that proves the address once more. */
export function useSendVerification() {
  return useMutation({
    mutationFn: () => post('/api/v1/me/verification'),
    onSuccess: () => notifyDone(t('A link is on its way. It works once, for 30 minutes.')),
    onError: notifyFailure,
  });
}
