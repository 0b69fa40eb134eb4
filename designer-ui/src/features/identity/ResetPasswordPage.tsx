import { Alert, Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { t } from '../../i18n';
import { fieldErrors, messageOf } from '../../lib/problem';
import { AuthCard } from './AuthCard';
import { tell } from './enter';

/** Sets a new password by the link of a mail; the token is behind the # of the address. */
export function ResetPasswordPage() {
  const token = useLocation().hash.slice(1);
  const [password, setPassword] = useState('');
  const reset = useMutation({ mutationFn: () => tell('/auth/password/reset', { token, password }) });
  const wrong = reset.error ? (fieldErrors(reset.error).password ?? messageOf(reset.error)) : undefined;
  return (
    <AuthCard title={t('Set a new password')} about={t('All other sign-ins end.')}>
      {reset.isSuccess ? (
        <Alert color="green" role="status">
          {t('Your new password is set.')}
        </Alert>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            reset.mutate();
          }}
        >
          <Stack>
            <PasswordInput
              label={t('New password')}
              description={t('At least 10 characters, not a common password')}
              autoComplete="new-password"
              required
              error={wrong}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={reset.isPending} fullWidth>
              {t('Set password')}
            </Button>
          </Stack>
        </form>
      )}
      <Text size="sm" ta="center">
        <Anchor component={Link} to={reset.isSuccess ? '/sign-in' : '/forgot-password'} size="sm" underline="always">
          {reset.isSuccess ? t('Sign in') : t('Ask for a new link')}
        </Anchor>
      </Text>
    </AuthCard>
  );
}
