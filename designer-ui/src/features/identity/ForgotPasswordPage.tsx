import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n';
import { messageOf } from '../../lib/problem';
import { AuthCard } from './AuthCard';
import { tell } from './enter';

/** Asks for a link to set a new password; the answer never tells who has an account. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => tell('/auth/password/forgot', { email }) });
  return (
    <AuthCard title={t('Forgot your password?')} about={t('We send you a link to set a new one.')}>
      {ask.isSuccess ? (
        <Alert color="green" role="status">
          {t('If there is an account with this address, a link is on its way. It works once, for 30 minutes.')}
        </Alert>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <Stack>
            {ask.error && (
              <Alert color="red" role="alert">
                {messageOf(ask.error)}
              </Alert>
            )}
            <TextInput label={t('E-mail')} type="email" autoComplete="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
            <Button type="submit" loading={ask.isPending} fullWidth>
              {t('Send the link')}
            </Button>
          </Stack>
        </form>
      )}
      <Text size="sm" ta="center">
        <Anchor component={Link} to="/sign-in" size="sm" underline="always">
          {t('Sign in')}
        </Anchor>
      </Text>
    </AuthCard>
  );
}
