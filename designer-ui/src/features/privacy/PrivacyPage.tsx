import { Alert, Button, Group, Modal, PasswordInput, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertTriangle, IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { download, post } from '../../api/http';
import { session } from '../../api/session';
import { notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { messageOf } from '../../lib/problem';
import './privacy.css';

/** What people may ask of the hub about themselves. */
export function PrivacyPage() {
  const [erasing, setErasing] = useState(false);
  const save = useMutation({ mutationFn: () => download('/api/v1/me/export', 'my-data.zip', { Accept: 'application/zip' }), onError: notifyFailure });
  return (
    <>
      <PageHead title={t('Privacy')} about={t('What this hub keeps of you, in all of your organizations.')} />
      <section className="panel-card privacy-part" aria-labelledby="privacy-export">
        <Title order={2} size="15px" id="privacy-export">
          {t('Your data')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('Account, sign-ins, memberships, keys, messages, what you saved, started and decided, and your part of the audit log: an archive with a JSON file for each, and one that explains them.')}
        </Text>
        <Button mt="sm" variant="default" leftSection={<IconDownload size={18} />} loading={save.isPending} onClick={() => save.mutate()}>
          {t('Download')}
        </Button>
      </section>
      <section className="panel-card privacy-part" aria-labelledby="privacy-erase">
        <Title order={2} size="15px" id="privacy-erase">
          {t('Erase your account')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('Your sign-ins and keys end at once, and your name and address are deleted. Workflows, runs and audit events of your organizations stay, without your name.')}
        </Text>
        <Button mt="sm" color="red" variant="light" leftSection={<IconTrash size={18} />} onClick={() => setErasing(true)}>
          {t('Erase account')}
        </Button>
      </section>
      {erasing && <Erasing close={() => setErasing(false)} />}
    </>
  );
}

function Erasing({ close }: { close(): void }) {
  const [password, setPassword] = useState('');
  const erase = useMutation({ mutationFn: () => post('/api/v1/me/erase', { password }), onSuccess: () => session.end() });
  return (
    <Modal opened onClose={close} title={t('Erase your account?')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          erase.mutate();
        }}
      >
        <Text size="sm">{t('This can’t be taken back. If you are the last owner of an organization, hand it over first.')}</Text>
        {erase.error && (
          <Alert color="red" mt="sm" icon={<IconAlertTriangle size={18} />}>
            {messageOf(erase.error)}
          </Alert>
        )}
        <PasswordInput mt="sm" label={t('Your password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        <Group mt="md" justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('Keep it')}
          </Button>
          <Button type="submit" color="red" disabled={!password} loading={erase.isPending}>
            {t('Erase account')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
