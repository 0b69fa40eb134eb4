import { Alert, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { roleOf, useRoles, useSaveAccount, type ServiceAccount } from './calls';

/** Makes a service account, or changes what it is called and may do. */
export function ServiceAccountDialog({ account, onClose }: { account?: ServiceAccount; onClose: () => void }) {
  const roles = useRoles();
  const save = useSaveAccount(account?.id, onClose);
  const form = useForm({
    initialValues: { name: account?.name ?? '', description: account?.description ?? '', role: account ? roleOf(account) : 'member' },
    validate: { name: (value) => (value.trim() ? null : t('Give it a name')) },
  });
  const offered = (roles.data?.items ?? []).filter(({ role, assignable }) => role !== 'owner' && (assignable || role === form.values.role));
  return (
    <Modal opened onClose={onClose} title={account ? t('Change {{name}}', { name: account.name }) : t('New service account')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values, { onError: (error) => form.setErrors(fieldErrors(error)) }))} noValidate>
        <Stack>
          {(roles.error ?? save.error) && Object.keys(form.errors).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(roles.error ?? save.error)}
            </Alert>
          )}
          <TextInput label={t('Name')} description={t('The system that it is for, as Deployment.')} withAsterisk maxLength={100} data-autofocus {...form.getInputProps('name')} />
          <Textarea label={t('Description')} maxLength={500} autosize minRows={2} {...form.getInputProps('description')} />
          <Select label={t('Role')} description={t('Its keys never do more than this.')} data={offered.map(({ role, name, builtIn }) => ({ value: role, label: builtIn ? name.charAt(0).toUpperCase() + name.slice(1) : name }))} allowDeselect={false} {...form.getInputProps('role')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {account ? t('Save') : t('Make it')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
