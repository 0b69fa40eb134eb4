import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';

interface PasswordDialogProps {
  title: string;
  about: string;
  action: string;
  danger?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: (password: string) => void;
  onClose: () => void;
}

/** Asks for the password before something dangerous. */
export function PasswordDialog({ title, about, action, danger = false, pending, error, onConfirm, onClose }: PasswordDialogProps) {
  const [password, setPassword] = useState('');
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(password);
        }}
      >
        <Stack>
          <Text size="sm">{about}</Text>
          <PasswordInput
            label={t('Your password')}
            autoComplete="current-password"
            required
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={error ? (fieldErrors(error).password ?? messageOf(error)) : undefined}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
