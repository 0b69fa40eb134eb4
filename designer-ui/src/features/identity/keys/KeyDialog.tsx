import { Alert, Button, Group, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ErrorState, LoadingRows } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatDate } from '../../../lib/format';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { usePermissions, useMakeKey, useRoles, roleOf, type NewKey, type ServiceAccount } from './calls';
import './keys.css';
import { NewKeyShown } from './NewKeyShown';
import { ScopesField } from './ScopesField';

const DAY_MS = 86_400_000;

const LIFETIMES = [
  { value: '', label: t('The usual time') },
  { value: '1', label: t('A day') },
  { value: '7', label: t('A week') },
  { value: '30', label: t('30 days') },
  { value: '90', label: t('90 days') },
  { value: '180', label: t('180 days') },
  { value: '365', label: t('A year') },
];

/** Makes a key for oneself or for a service account, and shows it once. */
export function KeyDialog({ account, onClose }: { account?: ServiceAccount; onClose: () => void }) {
  const [made, setMade] = useState<NewKey>();
  return (
    <Modal opened onClose={onClose} title={account ? t('New key for {{name}}', { name: account.name }) : t('New API key')} size="lg" closeOnClickOutside={false} closeOnEscape={!made} withCloseButton={!made}>
      {made ? <NewKeyShown made={made} onClose={onClose} /> : <KeyForm account={account} onMade={setMade} onClose={onClose} />}
    </Modal>
  );
}

function KeyForm({ account, onMade, onClose }: { account?: ServiceAccount; onMade: (made: NewKey) => void; onClose: () => void }) {
  const permissions = usePermissions();
  const roles = useRoles();
  const make = useMakeKey();
  const form = useForm({
    initialValues: { name: '', lifetime: '', scopes: [] as string[], allowedAddresses: [] as string[] },
    validate: {
      name: (value) => (value.trim() ? null : t('Say what the key is for')),
      scopes: (value) => (value.length > 0 ? null : t('Choose at least one')),
    },
  });
  const failure = permissions.error ?? roles.error;
  if (failure) return <ErrorState error={failure} />;
  if (!permissions.data || !roles.data) return <LoadingRows rows={3} />;
  const ofAccount = account && roles.data.items.find(({ role }) => role === roleOf(account))?.permissions;
  const offered = permissions.data.items.filter(({ name, yours }) => yours && (!ofAccount || ofAccount.includes(name)));
  const submit = form.onSubmit(({ name, lifetime, scopes, allowedAddresses }) =>
    make.mutate(
      { name, scopes, allowedAddresses, expiresAt: lifetime ? new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString() : null, serviceAccountId: account?.id ?? null },
      { onSuccess: onMade, onError: (error) => form.setErrors(shortened(fieldErrors(error))) },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {make.error && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(make.error)}
          </Alert>
        )}
        <TextInput label={t('Name')} description={t('What it is for, as Nightly report.')} withAsterisk maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <Select label={t('Works for')} data={LIFETIMES} allowDeselect={false} {...form.getInputProps('lifetime')} error={form.errors.expiresAt} />
        <ScopesField offered={offered} value={form.values.scopes} onChange={(scopes) => form.setFieldValue('scopes', scopes)} error={form.errors.scopes as string | undefined} />
        <TagsInput label={t('Allowed addresses')} description={t('Only from these it works, as 203.0.113.7 or 10.0.0.0/8. Empty: from everywhere.')} placeholder={form.values.allowedAddresses.length > 0 ? undefined : t('Everywhere')} {...form.getInputProps('allowedAddresses')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('Make the key')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** `scopes/2` is said at `scopes`. */
function shortened(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, message]) => [field.split(/[./]/)[0] ?? field, message]));
}

export const endsAt = (iso: string): string => (Date.parse(iso) < Date.now() ? t('Expired {{time}}', { time: formatDate(iso) }) : t('Until {{time}}', { time: formatDate(iso) }));
