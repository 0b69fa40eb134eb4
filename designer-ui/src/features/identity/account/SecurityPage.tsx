import { Stack } from '@mantine/core';
import { useMe } from '../../../api/useMe';
import { PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { PasswordForm } from './PasswordForm';
import { SecondFactor } from './SecondFactor';
import '../identity.css';

/** How who is signed in gets in: the password and the second factor. */
export function SecurityPage() {
  const { data: me } = useMe();
  return (
    <>
      <PageHead title={t('Security')} about={t('What you sign in with.')} />
      <Stack gap="md">
        <PasswordForm email={me?.user.email ?? ''} />
        <SecondFactor />
      </Stack>
    </>
  );
}
