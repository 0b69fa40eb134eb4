import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey, IconRefresh } from '@tabler/icons-react';
import { get, post } from '../../api/http';
import type { KeyState } from '../../api/types';
import { confirm, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { formatDate } from '../../lib/format';
import './secret.css';

const KEY = '/api/v1/encryption-key';
const REFRESH_MS = 10_000;

/** The key that the organization's secrets are encrypted under: how old it is, and a new one. */
export function EncryptionKeyPage() {
  const key = useQuery({ queryKey: ['encryption-key'], queryFn: ({ signal }) => get<KeyState>(KEY, signal), refetchInterval: ({ state }) => (state.data?.rotating ? REFRESH_MS : false) });
  return (
    <>
      <PageHead title={t('Encryption key')} about={t('Secrets of connections are encrypted under a key that only this organization has.')} />
      {key.isPending && <LoadingRows rows={1} />}
      {key.error && <ErrorState error={key.error} retry={() => void key.refetch()} />}
      {key.data && <Key state={key.data} />}
    </>
  );
}

function Key({ state }: { state: KeyState }) {
  const queries = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => post<KeyState>(`${KEY}/rotation`),
    onSuccess: () => notifyDone(t('The new key counts from now on.')),
    onError: notifyFailure,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['encryption-key'] }),
  });
  const ask = (): void => confirm(t('Make a new key?'), t('Everything is encrypted anew within a minute, while runs go on. The old key goes after that.'), t('Make a new key'), () => rotate.mutate());
  return (
    <section className="panel-card encryption-key" aria-labelledby="encryption-key">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconKey size={22} aria-hidden style={{ flex: 'none' }} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Title order={2} size="15px" id="encryption-key">
            {state.rotatedAt ? t('In use since {{time}}', { time: formatDate(state.rotatedAt) }) : t('In use since the organization was founded')}
          </Title>
          <Text size="sm" c="dimmed">
            {state.rotating ? t('What was encrypted under the key of before is being encrypted anew. That key goes in a few minutes.') : t('Nobody ever sees it. Make a new one from time to time, or when somebody may have got at the database.')}
          </Text>
        </div>
        {state.rotating && (
          <Badge color="blue" style={{ flex: 'none' }}>
            {t('Being replaced')}
          </Badge>
        )}
      </Group>
      <Button mt="md" variant="default" leftSection={<IconRefresh size={18} />} disabled={state.rotating} loading={rotate.isPending} onClick={ask}>
        {t('Make a new key')}
      </Button>
    </section>
  );
}
