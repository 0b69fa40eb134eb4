import { Alert } from '@mantine/core';
import { useState } from 'react';
import { moved } from '../api/moved';
import { t } from '../i18n';

/** Says why this tab is where it is: the sign-in went on somewhere else, mostly in another one. */
export function MovedNotice() {
  const [shown, setShown] = useState(moved);
  return shown === undefined ? null : (
    <Alert color="yellow" mb="md" role="status" title={t('This tab is in {{organization}} now', { organization: shown.organization })} withCloseButton closeButtonLabel={t('Close')} onClose={() => setShown(undefined)}>
      {t('Your sign-in, as {{email}}, went on there. What you had entered here was not sent.', { email: shown.email })}
    </Alert>
  );
}
