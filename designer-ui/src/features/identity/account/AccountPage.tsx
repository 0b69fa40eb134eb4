import { Alert, Badge, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, post } from '../../../api/http';
import type { Me } from '../../../api/types';
import { useMe } from '../../../api/useMe';
import { ErrorState, LoadingRows, notifyDone, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { useSendVerification } from './useSendVerification';
import '../identity.css';

/** The name and the address of who is signed in. */
export function AccountPage() {
  const me = useMe();
  return (
    <>
      <PageHead title={t('Account')} about={t('Who you are in every organization that you belong to.')} />
      {me.isPending && <LoadingRows rows={3} />}
      {me.error && <ErrorState error={me.error} retry={() => void me.refetch()} />}
      {me.data && (
        <Stack gap="md">
          <NameForm key={me.data.user.name} name={me.data.user.name} />
          <Address me={me.data} />
        </Stack>
      )}
    </>
  );
}

function NameForm({ name: stored }: { name: string }) {
  const queries = useQueryClient();
  const [name, setName] = useState(stored);
  const saving = useMutation({
    mutationFn: () => call('/api/v1/me', { method: 'PATCH', body: { name } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['me'] });
      notifyDone(t('Your name is saved.'));
    },
  });
  return (
    <form
      className="panel-card settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextInput label={t('Name')} autoComplete="name" required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={saving.error && (fieldErrors(saving.error).name ?? messageOf(saving.error))} />
      <Button type="submit" mt="md" loading={saving.isPending} disabled={!name.trim() || name.trim() === stored}>
        {t('Save')}
      </Button>
    </form>
  );
}

function Address({ me }: { me: Me }) {
  const again = useSendVerification();
  const [changing, setChanging] = useState(false);
  return (
    <section className="panel-card settings-card" aria-labelledby="address">
      <Title order={2} size="15px" id="address" mb="xs">
        {t('E-mail address')}
      </Title>
      <Group gap="xs">
        <Text style={{ overflowWrap: 'anywhere' }}>{me.user.email}</Text>
        {me.emailVerified ? (
          <Badge color="teal" c="light-dark(#0a5740, var(--mantine-color-teal-2))">
            {t('Confirmed')}
          </Badge>
        ) : (
          <Badge color="orange" c="light-dark(#8a3b00, #ffc078)">
            {t('Not confirmed')}
          </Badge>
        )}
      </Group>
      <Group mt="md" gap="xs">
        {!me.emailVerified && (
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t('Send the link again')}
          </Button>
        )}
        {!changing && (
          <Button variant="default" onClick={() => setChanging(true)}>
            {t('Change address')}
          </Button>
        )}
      </Group>
      {changing && <AddressForm onClose={() => setChanging(false)} />}
    </section>
  );
}

function AddressForm({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({ mutationFn: () => post('/api/v1/me/email', { email, password }) });
  const errors = fieldErrors(change.error);
  if (change.isSuccess) {
    return (
      <Alert color="green" role="status" mt="md">
        {t('A link is on its way to {{email}}. Your account keeps its address until you follow it.', { email })}
      </Alert>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Stack mt="md" gap="sm">
        {change.error && Object.keys(errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(change.error)}
          </Alert>
        )}
        <TextInput label={t('New e-mail address')} type="email" autoComplete="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} error={errors.email} />
        <PasswordInput label={t('Your password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={errors.password} />
        <Group gap="xs">
          <Button type="submit" loading={change.isPending}>
            {t('Send the link')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
