import { Badge, Button, Group, Modal, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../../../api/http';
import { ErrorState, LoadingRows, notifyDone } from '../../../components/ui';
import { t } from '../../../i18n';
import { EnrolDialog } from './EnrolDialog';
import { PasswordDialog } from './PasswordDialog';
import { RecoveryCodes } from './RecoveryCodes';

type Open = 'enrol' | 'codes' | 'disable' | null;
const FEW = 3;

/** Codes of an authenticator app beside the password. */
export function SecondFactor() {
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const state = useQuery({ queryKey: ['second-factor'], queryFn: ({ signal }) => get<{ enabled: boolean; recoveryCodesLeft: number }>('/api/v1/me/totp', signal) });
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: ['second-factor'] });
  const close = (): void => {
    setOpen(null);
    void changed();
  };
  if (state.isPending) return <LoadingRows rows={1} />;
  if (state.error) return <ErrorState error={state.error} retry={() => void state.refetch()} />;
  const { enabled, recoveryCodesLeft } = state.data;
  return (
    <section className="panel-card settings-card" aria-labelledby="second-factor">
      <Group gap="xs" mb="xs">
        <Title order={2} size="15px" id="second-factor">
          {t('Second factor')}
        </Title>
        <Badge color={enabled ? 'teal' : 'gray'} c={enabled ? 'light-dark(#0a5740, var(--mantine-color-teal-2))' : 'var(--mantine-color-text)'}>
          {enabled ? t('On') : t('Off')}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {t('A code of an authenticator app, asked for after the password: whoever learns your password still does not get in.')}
      </Text>
      {enabled && (
        <Text size="sm" mt="xs" c={recoveryCodesLeft <= FEW ? 'light-dark(#8a3b00, #ffc078)' : undefined}>
          {t('Recovery codes left: {{count}}', { count: recoveryCodesLeft })}
        </Text>
      )}
      <Group mt="md" gap="xs">
        {enabled ? (
          <>
            <Button variant="default" onClick={() => setOpen('codes')}>
              {t('New recovery codes')}
            </Button>
            <Button variant="default" onClick={() => setOpen('disable')}>
              {t('Turn off')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setOpen('enrol')}>{t('Set up')}</Button>
        )}
      </Group>
      {open === 'enrol' && <EnrolDialog onClose={close} />}
      {open === 'codes' && <NewCodes onClose={close} />}
      {open === 'disable' && <TurnOff onClose={close} />}
    </section>
  );
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const renewal = useMutation({ mutationFn: (password: string) => post<{ recoveryCodes: string[] }>('/api/v1/me/totp/recovery-codes', { password }) });
  if (renewal.data) {
    return (
      <Modal opened onClose={onClose} title={t('New recovery codes')} closeOnClickOutside={false}>
        <RecoveryCodes codes={renewal.data.recoveryCodes} onDone={onClose} />
      </Modal>
    );
  }
  return <PasswordDialog title={t('New recovery codes')} about={t('The codes that you have now stop working.')} action={t('Make new codes')} pending={renewal.isPending} error={renewal.error} onConfirm={renewal.mutate} onClose={onClose} />;
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const turningOff = useMutation({
    mutationFn: (password: string) => post('/api/v1/me/totp/disable', { password }),
    onSuccess: () => {
      notifyDone(t('The second factor is off.'));
      onClose();
    },
  });
  return <PasswordDialog title={t('Turn the second factor off')} about={t('From now on your password alone lets you in.')} action={t('Turn off')} danger pending={turningOff.isPending} error={turningOff.error} onConfirm={turningOff.mutate} onClose={onClose} />;
}
