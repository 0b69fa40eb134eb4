import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/http';
import type { Role } from '../../../api/types';
import { notifyDone } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { roleChoices } from './roles';

interface Addition {
  status: 'active' | 'invited';
  email: string;
  name?: string | null;
}

/** Invites somebody by mail. */
export function InviteDialog({ roles, onClose }: { roles: readonly Role[]; onClose: () => void }) {
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<string | null>('member');
  const inviting = useMutation({
    mutationFn: () => post<Addition>('/api/v1/organizations/members', { email, role }),
    onSuccess: async ({ status, name, email: invited }) => {
      notifyDone(status === 'invited' ? t('{{email}} is invited.', { email: invited }) : t('{{name}} is a member now.', { name: name ?? invited }));
      await Promise.all(['members', 'invitations', 'roles'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  });
  const errors = fieldErrors(inviting.error);
  return (
    <Modal opened onClose={onClose} title={t('Invite somebody')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          inviting.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t('The person gets a link by mail that works once, for 7 days.')}</Text>
          {inviting.error && Object.keys(errors).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(inviting.error)}
            </Alert>
          )}
          <TextInput label={t('E-mail')} type="email" autoComplete="off" required data-autofocus value={email} onChange={(event) => setEmail(event.currentTarget.value)} error={errors.email} />
          <Select label={t('Role')} data={roleChoices(roles)} value={role} onChange={setRole} allowDeselect={false} error={errors.role} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={inviting.isPending}>
              {t('Invite')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
