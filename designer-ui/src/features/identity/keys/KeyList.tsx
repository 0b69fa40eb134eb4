import { ActionIcon, Badge, Button, Group, Menu, Modal, Stack, TagsInput, Text, TextInput, Tooltip } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { confirm } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatDate, formatTime } from '../../../lib/format';
import { fieldErrors } from '../../../lib/problem';
import { useChangeKey, useRevoke, type ApiKey } from './calls';
import { endsAt } from './KeyDialog';

/** Keys with what they may do, until when, and when they were used last. */
export function KeyList({ keys, owners }: { keys: ApiKey[]; owners: boolean }) {
  const [changing, setChanging] = useState<ApiKey>();
  return (
    <div className="panel-card">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} owner={owners} onChange={() => setChanging(key)} />
      ))}
      {changing && <KeyChange apiKey={changing} onClose={() => setChanging(undefined)} />}
    </div>
  );
}

function KeyRow({ apiKey, owner, onChange }: { apiKey: ApiKey; owner: boolean; onChange: () => void }) {
  const revoke = useRevoke();
  const { name, hint, scopes, allowedAddresses, expiresAt, lastUsedAt, lastUsedFrom } = apiKey;
  const over = Date.parse(expiresAt) < Date.now();
  return (
    <Group className="row" wrap="nowrap" gap="sm" align="flex-start">
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Text size="xs" c="dimmed" ff="monospace">
            cdr_…{hint}
          </Text>
          {over && <Badge color="red">{t('Expired')}</Badge>}
          {allowedAddresses.length > 0 && (
            <Tooltip label={allowedAddresses.join(', ')}>
              <Badge color="gray" c="var(--mantine-color-text)" variant="light" tabIndex={0}>
                {t('Some addresses only')}
              </Badge>
            </Tooltip>
          )}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {scopes.join(', ')}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {[owner && (apiKey.owner.serviceAccount ? t('Service account {{name}}', { name: apiKey.owner.name }) : apiKey.owner.name), endsAt(expiresAt), lastUsedAt ? t('used {{time}} from {{address}}', { time: formatTime(lastUsedAt), address: lastUsedFrom ?? '?' }) : t('never used'), t('made {{time}}', { time: formatDate(apiKey.createdAt) })].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onChange}>{t('Name and addresses…')}</Menu.Item>
          <Menu.Item color="red" onClick={() => confirm(t('Revoke {{name}}?', { name }), t('Whatever uses it is refused from now on. That cannot be taken back.'), t('Revoke'), () => revoke.mutate(apiKey))}>
            {t('Revoke…')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function KeyChange({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const change = useChangeKey(onClose);
  const form = useForm({ initialValues: { name: apiKey.name, allowedAddresses: apiKey.allowedAddresses } });
  return (
    <Modal opened onClose={onClose} title={t('Change {{name}}', { name: apiKey.name })}>
      <form onSubmit={form.onSubmit((values) => change.mutate({ id: apiKey.id, ...values }, { onError: (error) => form.setErrors(fieldErrors(error)) }))} noValidate>
        <Stack>
          <TextInput label={t('Name')} withAsterisk maxLength={100} {...form.getInputProps('name')} />
          <TagsInput label={t('Allowed addresses')} description={t('Only from these it works, as 203.0.113.7 or 10.0.0.0/8. Empty: from everywhere.')} {...form.getInputProps('allowedAddresses')} />
          <Text size="xs" c="dimmed">
            {t('What it may do and until when is settled: make a new key for more.')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t('Save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
