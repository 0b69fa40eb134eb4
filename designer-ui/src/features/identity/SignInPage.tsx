import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import { ApiProblem } from '../../api/http';
import { t } from '../../i18n';
import { fieldErrors, messageOf } from '../../lib/problem';
import { returned, returning } from '../../lib/returning';
import { AuthCard } from './AuthCard';
import { enter } from './enter';
import { SsoRefusal, SsoRequiredEntry, startSso } from './sso/SsoEntry';

export function SignInPage() {
  const navigate = useNavigate();
  const location = useLocation();
  const [params] = useSearchParams();
  const refused = params.has('sso');
  const [kept] = useState(returning);
  const from = (location.state as { from?: string } | null)?.from ?? kept ?? '/workflows';
  const [asksForCode, setAsksForCode] = useState(false);
  const form = useForm({
    initialValues: { email: '', password: '', code: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('Enter the e-mail address of your account')),
      password: (value) => (value ? null : t('Enter your password')),
    },
  });
  const signIn = useMutation({
    mutationFn: ({ code, ...values }: typeof form.values) => enter('/auth/login', code ? { ...values, code } : values),
    onSuccess: () => {
      returned();
      return navigate(from, { replace: true });
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'mfa-required') setAsksForCode(true);
      else form.setErrors(fieldErrors(error));
    },
  });
  // back from signing out at the identity provider, to a page that needs nobody to be signed in
  if (kept?.startsWith('/invitation#') && location.state === null && !refused) return <Navigate to={kept} replace />;
  return (
    <AuthCard title={t('Sign in to Cadre')} about={t('Build, deploy and run your AI workforce.')}>
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack>
          {!signIn.error && <SsoRefusal />}
          {signIn.error && !(signIn.error instanceof ApiProblem && signIn.error.code === 'mfa-required') && Object.keys(form.errors).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(signIn.error)}
            </Alert>
          )}
          <TextInput label={t('E-mail')} type="email" autoComplete="email" autoFocus {...form.getInputProps('email')} />
          <PasswordInput label={t('Password')} autoComplete="current-password" {...form.getInputProps('password')} />
          {asksForCode && (
            <TextInput
              label={t('Code')}
              description={t('From your authenticator app, or a recovery code')}
              autoComplete="one-time-code"
              autoFocus
              {...form.getInputProps('code')}
            />
          )}
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
            {t('Sign in')}
          </Button>
          <SsoRequiredEntry error={signIn.error} to={from} />
          <Button variant="subtle" fullWidth onClick={() => !form.validateField('email').hasError && startSso(form.values.email, from)}>
            {t('Sign in with SSO')}
          </Button>
        </Stack>
      </form>
      <Text size="sm" ta="center">
        <Anchor component={Link} to="/forgot-password" size="sm" underline="always">
          {t('Forgot your password?')}
        </Anchor>
      </Text>
      <Text size="sm" ta="center">
        {t('New here?')}{' '}
        <Anchor component={Link} to="/sign-up" size="sm" underline="always">
          {t('Create an account')}
        </Anchor>
      </Text>
    </AuthCard>
  );
}
