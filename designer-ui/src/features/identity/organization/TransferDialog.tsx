import { Alert, Button, Group, Modal, PasswordInput, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../../../api/http';
import type { Member, Organization, Page } from '../../../api/types';
import { notifyDone } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';

interface TransferDialogProps {
  organization: Organization;
  self: string;
  onClose: () => void;
}

/** Makes another member owner in the user's place. */
export function TransferDialog({ organization, self, onClose }: TransferDialogProps) {
  const queries = useQueryClient();
  const [userId, setUserId] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const members = useQuery({ queryKey: ['members', 'first'], queryFn: ({ signal }) => get<Page<Member>>('/api/v1/organizations/members?limit=200', signal) });
  const handing = useMutation({
    mutationFn: () => post(`/api/v1/organizations/${organization.id}/transfer`, { userId, password }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      notifyDone(t('The organization has a new owner.'));
      onClose();
    },
  });
  const heirs = (members.data?.items ?? []).filter((member) => member.userId !== self);
  const errors = fieldErrors(handing.error);
  return (
    <Modal opened onClose={onClose} title={t('Hand the organization over')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          handing.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t('The new owner can do everything here, remove you too. You stay as administrator.')}</Text>
          {handing.error && Object.keys(errors).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(handing.error)}
            </Alert>
          )}
          <Select
            label={t('New owner')}
            placeholder={members.data && heirs.length === 0 ? t('Invite somebody first') : undefined}
            data={heirs.map(({ userId: value, name, email }) => ({ value, label: `${name} (${email})` }))}
            value={userId}
            onChange={setUserId}
            searchable
            required
            error={errors.userId}
          />
          <PasswordInput label={t('Your password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={errors.password} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={handing.isPending} disabled={!userId}>
              {t('Hand it over')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
