import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { t } from '../../i18n';
import { fieldErrors, messageOf } from '../../lib/problem';
import { AuthCard } from './AuthCard';
import { enter } from './enter';

export function SignUpPage() {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', organization: '', email: '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('Enter your name')),
      email: (value) => (value.includes('@') ? null : t('Enter an e-mail address')),
      password: (value) => (value.length >= 10 ? null : t('Use at least 10 characters')),
    },
  });
  const signUp = useMutation({
    mutationFn: ({ organization, ...values }: typeof form.values) => enter('/auth/register', organization.trim() ? { ...values, organization } : values),
    onSuccess: () => navigate('/templates', { replace: true }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <AuthCard title={t('Create your account')} about={t('You get an organization of your own; invite others later.')}>
      <form onSubmit={form.onSubmit((values) => signUp.mutate(values))} noValidate>
        <Stack>
          {signUp.error && Object.keys(form.errors).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(signUp.error)}
            </Alert>
          )}
          <TextInput label={t('Name')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput label={t('Organization')} autoComplete="organization" placeholder={t('Your company or team')} {...form.getInputProps('organization')} />
          <TextInput label={t('E-mail')} type="email" autoComplete="email" {...form.getInputProps('email')} />
          <PasswordInput label={t('Password')} description={t('At least 10 characters')} autoComplete="new-password" {...form.getInputProps('password')} />
          <Button type="submit" loading={signUp.isPending} fullWidth mt="xs">
            {t('Create account')}
          </Button>
        </Stack>
      </form>
      <Text size="sm" ta="center">
        {t('Have an account?')}{' '}
        <Anchor component={Link} to="/sign-in" size="sm" underline="always">
          {t('Sign in')}
        </Anchor>
      </Text>
    </AuthCard>
  );
}
