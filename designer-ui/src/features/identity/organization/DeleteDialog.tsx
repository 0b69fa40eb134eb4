import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { query, remove } from '../../../api/http';
import type { Organization } from '../../../api/types';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { goTo } from './switching';

/** Deletes the organization after its name was typed. */
export function DeleteDialog({ organization, onClose }: { organization: Organization; onClose: () => void }) {
  const [name, setName] = useState('');
  const deleting = useMutation({
    mutationFn: () => remove(`/api/v1/organizations/${organization.id}${query({ name })}`),
    onSuccess: () => goTo('/settings/organization'),
  });
  return (
    <Modal opened onClose={onClose} title={t('Delete {{name}}?', { name: organization.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          deleting.mutate();
        }}
      >
        <Stack>
          <List size="sm" spacing={4}>
            <List.Item>{t('Webhooks and schedules stop at once, and what runs is cancelled.')}</List.Item>
            <List.Item>{t('Nobody can use it meanwhile; every owner can restore it until the day that you are told then.')}</List.Item>
            <List.Item>{t('After that all its workflows, runs, connections and members are erased for good.')}</List.Item>
          </List>
          <Text size="sm">{t('If this hub was set up in it, nobody manages its plugins afterwards.')}</Text>
          <TextInput label={t('Type the name of the organization')} placeholder={organization.name} autoComplete="off" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} error={deleting.error ? (fieldErrors(deleting.error).name ?? messageOf(deleting.error)) : undefined} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Keep it')}
            </Button>
            <Button type="submit" color="red" loading={deleting.isPending} disabled={name.trim() !== organization.name}>
              {t('Delete')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
