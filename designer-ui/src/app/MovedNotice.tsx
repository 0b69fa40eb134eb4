import { Alert } from '@mantine/core';
import { useState } from 'react';
import { moved } from '../api/moved';
import { t } from '../i18n';

/** Says why this tab is where it is: the browser went on somewhere else in another one. */
export function MovedNotice() {
  const [shown, setShown] = useState(moved);
  return shown === undefined ? null : (
    <Alert color="yellow" mb="md" role="status" title={t('This tab is in {{organization}} now', { organization: shown.organization })} withCloseButton closeButtonLabel={t('Close')} onClose={() => setShown(undefined)}>
      {t('You went on there in another tab, as {{email}}. What you had entered here was not sent.', { email: shown.email })}
    </Alert>
  );
}
