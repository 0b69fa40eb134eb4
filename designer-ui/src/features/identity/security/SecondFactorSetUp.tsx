import { Alert, Anchor, Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/http';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n';
import { messageOf } from '../../../lib/problem';

type Enrolment = components['schemas']['Enrolment'];
type RecoveryCodes = components['schemas']['RecoveryCodes'];

/** Password, authenticator app, code, recovery codes: one after the other. */
export function SecondFactorSetUp({ done }: { done: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const enrol = useMutation({ mutationFn: () => post<Enrolment>('/api/v1/me/totp', { password }) });
  const confirm = useMutation({ mutationFn: () => post<RecoveryCodes>('/api/v1/me/totp/confirm', { code }) });
  const failure = confirm.error ?? enrol.error;
  if (confirm.data) return <Codes codes={confirm.data.recoveryCodes} done={done} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (enrol.data) confirm.mutate();
        else enrol.mutate();
      }}
    >
      <Stack>
        {failure && (
          <Alert color="red" role="alert">
            {messageOf(failure)}
          </Alert>
        )}
        {enrol.data ? (
          <>
            <Text size="sm">
              {t('Enter this key into your authenticator app, or')}{' '}
              <Anchor href={enrol.data.uri} size="sm" underline="always">
                {t('open it there')}
              </Anchor>
            </Text>
            <Code block style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
              {enrol.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            </Code>
            <TextInput label={t('Code')} description={t('That the app shows now')} inputMode="numeric" autoComplete="one-time-code" autoFocus value={code} onChange={(event) => setCode(event.currentTarget.value)} />
          </>
        ) : (
          <PasswordInput label={t('Your password')} autoComplete="current-password" autoFocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        )}
        <Button type="submit" loading={enrol.isPending || confirm.isPending} disabled={enrol.data ? !code : !password}>
          {t('Go on')}
        </Button>
      </Stack>
    </form>
  );
}

function Codes({ codes, done }: { codes: string[]; done: () => void }) {
  return (
    <Stack>
      <Text size="sm">{t('Keep these recovery codes where you find them without your phone. Each works once; they are shown only now.')}</Text>
      <Code block>{codes.join('\n')}</Code>
      <Button onClick={done}>{t('I have kept them')}</Button>
    </Stack>
  );
}
