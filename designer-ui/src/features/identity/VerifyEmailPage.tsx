import { Alert, Anchor, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { t } from '../../i18n';
import { messageOf } from '../../lib/problem';
import { AuthCard } from './AuthCard';
import { tell } from './enter';

/** Proves an address by the link of a mail; with a button, because programs that check links open them too. */
export function VerifyEmailPage() {
  const token = useLocation().hash.slice(1);
  const verify = useMutation({ mutationFn: () => tell('/auth/verify-email', { token }) });
  return (
    <AuthCard title={t('Confirm your e-mail address')} about={t('Confirm that you have received our message.')}>
      {verify.error && (
        <Alert color="red" role="alert">
          {messageOf(verify.error)}
        </Alert>
      )}
      {verify.isSuccess ? (
        <Alert color="green" role="status">
          {t('Your address is confirmed.')}
        </Alert>
      ) : (
        <Button loading={verify.isPending} fullWidth onClick={() => verify.mutate()}>
          {t('Confirm')}
        </Button>
      )}
      <Text size="sm" ta="center">
        <Anchor component={Link} to="/" size="sm" underline="always">
          {t('Go to Cadre')}
        </Anchor>
      </Text>
    </AuthCard>
  );
}
