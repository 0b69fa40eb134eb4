import { Alert, Anchor, Button, CloseButton, Group } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Me } from '../../api/types';
import { useMe } from '../../api/useMe';
import { t } from '../../i18n';
import { formatDate } from '../../lib/format';
import { useSendVerification } from './account/useSendVerification';

const HIDDEN = 'cadre.address-notice';

/** What everybody signed in should know before anything else: an organization that ends, an address that is not proven. */
export function AccountNotices() {
  const { data: me } = useMe();
  if (!me) return null;
  return (
    <>
      {me.organization.deletesAt && (
        <Alert color="red" mb="md" role="status">
          {t('{{name}} will be deleted on {{time}}, and nothing of it runs.', { name: me.organization.name, time: formatDate(me.organization.deletesAt) })}{' '}
          <Anchor component={Link} to="/settings/organization" size="sm" underline="always" c="inherit">
            {t('See what you can do')}
          </Anchor>
        </Alert>
      )}
      {!me.emailVerified && <UnprovenAddress me={me} />}
    </>
  );
}

function UnprovenAddress({ me }: { me: Me }) {
  const again = useSendVerification();
  const [hidden, setHidden] = useState(() => sessionStorage.getItem(HIDDEN) === me.user.id);
  if (hidden) return null;
  const hide = (): void => {
    sessionStorage.setItem(HIDDEN, me.user.id);
    setHidden(true);
  };
  return (
    <Alert color="yellow" mb="md" py={8} role="status">
      <Group gap="sm" justify="space-between" align="flex-start" wrap="nowrap">
        <Group gap="sm">
          <span>{t('Confirm that {{email}} is yours: follow the link that we have sent.', { email: me.user.email })}</span>
          {me.outbox && (
            <Anchor component={Link} to="/settings/outbox" size="sm" underline="always" c="inherit">
              {t('It is in the outbox')}
            </Anchor>
          )}
          <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t('Send again')}
          </Button>
        </Group>
        <CloseButton aria-label={t('Hide until the next sign-in')} onClick={hide} />
      </Group>
    </Alert>
  );
}
