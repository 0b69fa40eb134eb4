import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { t } from '../../../i18n';
import type { SsoValues } from './values';

/** Which groups at the provider have which role here; the first that fits counts. */
export function GroupRoles({ form, choices }: { form: UseFormReturnType<SsoValues>; choices: { value: string; label: string }[] }) {
  const rows = form.values.groupRoles;
  return (
    <Stack gap="xs" role="group" aria-label={t('Groups and roles')}>
      <div>
        <Text size="sm" fw={500}>
          {t('Groups and roles')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('The first that fits counts, at every sign-in. Without any, roles are given here by hand. Owners are never made or changed by a group.')}
        </Text>
      </div>
      {rows.map((_, index) => (
        <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
          <TextInput aria-label={t('Group {{number}}', { number: index + 1 })} placeholder={t('Group at the provider')} style={{ flex: 1, minWidth: 0 }} {...form.getInputProps(`groupRoles.${index}.group`)} />
          <Select aria-label={t('Role of group {{number}}', { number: index + 1 })} data={choices} allowDeselect={false} className="sso-role" {...form.getInputProps(`groupRoles.${index}.role`)} />
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('Remove group {{number}}', { number: index + 1 })} onClick={() => form.removeListItem('groupRoles', index)}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }} onClick={() => form.insertListItem('groupRoles', { group: '', role: 'member' })}>
        {t('Add a group')}
      </Button>
    </Stack>
  );
}
