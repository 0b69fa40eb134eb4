import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/http';
import type { Organization } from '../../../api/types';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { switchTo } from './switching';

/** Founds another organization and goes on in it. */
export function CreateOrganization({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const founding = useMutation({
    mutationFn: async () => {
      const { id } = await post<Organization>('/api/v1/organizations', { name });
      await switchTo(id);
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('New organization')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          founding.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t('It shares nothing with your other organizations: workflows, connections and members are its own.')}</Text>
          <TextInput label={t('Name')} autoComplete="organization" required maxLength={100} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} error={founding.error ? (fieldErrors(founding.error).name ?? messageOf(founding.error)) : undefined} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={founding.isPending}>
              {t('Create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
