import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../i18n';
import { messageOf } from '../../../lib/problem';
import { useDeleteRole, type Role } from './calls';

/** Deletes a role; who has it gets another one, never none. */
export function DeleteRoleDialog({ role, roles, onClose }: { role: Role; roles: readonly Role[]; onClose: () => void }) {
  const [moveTo, setMoveTo] = useState<string | null>(null);
  const deletion = useDeleteRole(role, onClose);
  const others = roles.filter((other) => other.assignable && other.role !== role.role);
  const inUse = role.members > 0;
  return (
    <Modal opened onClose={onClose} title={t('Delete {{name}}?', { name: role.name })} closeButtonProps={{ 'aria-label': t('Close') }}>
      <Stack>
        {deletion.error && <Alert color="red">{messageOf(deletion.error)}</Alert>}
        <Text size="sm">
          {inUse ? t('Members who have this role: {{count}}. They get another one at once.', { count: role.members }) : t('No member has this role. Invitations and approvals that name it no longer work.')}
        </Text>
        {inUse && <Select label={t('Their new role')} placeholder={t('Choose a role')} required data={others.map((other) => ({ value: other.role, label: titleOf(other) }))} value={moveTo} onChange={setMoveTo} data-autofocus />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Keep it')}
          </Button>
          <Button color="red" loading={deletion.isPending} disabled={inUse && moveTo === null} onClick={() => deletion.mutate(inUse ? moveTo : null)}>
            {t('Delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Built-in roles have lower-case names, which requests use. */
export function titleOf({ name, builtIn }: Role): string {
  return builtIn ? t(name.charAt(0).toUpperCase() + name.slice(1)) : name;
}
