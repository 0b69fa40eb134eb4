import { Button, Code, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { post } from '../../../api/http';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { RecoveryCodes } from './RecoveryCodes';

interface Enrolment {
  secret: string;
  uri: string;
}

/** Turns the second factor on: the password, the QR code with a first code, and the recovery codes. */
export function EnrolDialog({ onClose }: { onClose: (done: boolean) => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const enrol = useMutation({ mutationFn: () => post<Enrolment>('/api/v1/me/totp', { password }) });
  const confirm = useMutation({ mutationFn: () => post<{ recoveryCodes: string[] }>('/api/v1/me/totp/confirm', { code }) });
  const close = (): void => onClose(confirm.isSuccess);
  return (
    <Modal opened onClose={close} title={t('Set up the second factor')} closeOnClickOutside={false}>
      {confirm.data ? (
        <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={close} />
      ) : enrol.data ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate();
          }}
        >
          <Stack>
            <Text size="sm">{t('Scan this with an authenticator app, then enter the code that it shows.')}</Text>
            <div className="qr-code">
              <QRCodeSVG value={enrol.data.uri} size={180} marginSize={2} title={t('QR code for the authenticator app')} />
            </div>
            <Text size="sm">
              {t('Or type this key into the app:')} <Code style={{ overflowWrap: 'anywhere' }}>{enrol.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</Code>
            </Text>
            <TextInput label={t('Code')} inputMode="numeric" autoComplete="one-time-code" required data-autofocus value={code} onChange={(event) => setCode(event.currentTarget.value)} error={confirm.error ? messageOf(confirm.error) : undefined} />
            <Actions pending={confirm.isPending} action={t('Turn on')} onCancel={close} />
          </Stack>
        </form>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enrol.mutate();
          }}
        >
          <Stack>
            <Text size="sm">{t('You will need an authenticator app on your phone.')}</Text>
            <PasswordInput label={t('Your password')} autoComplete="current-password" required data-autofocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={enrol.error ? (fieldErrors(enrol.error).password ?? messageOf(enrol.error)) : undefined} />
            <Actions pending={enrol.isPending} action={t('Go on')} onCancel={close} />
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Actions({ pending, action, onCancel }: { pending: boolean; action: string; onCancel: () => void }) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        {t('Cancel')}
      </Button>
      <Button type="submit" loading={pending}>
        {action}
      </Button>
    </Group>
  );
}
