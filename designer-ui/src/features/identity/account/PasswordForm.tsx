import { Alert, Button, PasswordInput, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/http';
import { notifyDone } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';

const EMPTY = { currentPassword: '', password: '' };

/** Changes the password; every other sign-in ends. */
export function PasswordForm({ email }: { email: string }) {
  const queries = useQueryClient();
  const [values, setValues] = useState(EMPTY);
  const change = useMutation({
    mutationFn: () => post('/api/v1/me/password', values),
    onSuccess: async () => {
      setValues(EMPTY);
      await queries.invalidateQueries({ queryKey: ['sessions'] });
      notifyDone(t('Your password is changed, and other sign-ins have ended.'));
    },
  });
  const errors = fieldErrors(change.error);
  return (
    <form
      className="panel-card settings-card"
      aria-labelledby="password"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Title order={2} size="15px" id="password" mb="sm">
        {t('Password')}
      </Title>
      <Stack gap="sm">
        {change.error && Object.keys(errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(change.error)}
          </Alert>
        )}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput label={t('Current password')} autoComplete="current-password" required value={values.currentPassword} onChange={(event) => setValues({ ...values, currentPassword: event.currentTarget.value })} error={errors.currentPassword} />
        <PasswordInput label={t('New password')} description={t('At least 10 characters, not a common password')} autoComplete="new-password" required value={values.password} onChange={(event) => setValues({ ...values, password: event.currentTarget.value })} error={errors.password} />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('Change password')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
