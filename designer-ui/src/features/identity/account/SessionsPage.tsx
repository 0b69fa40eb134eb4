import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, remove } from '../../../api/http';
import type { Page, SignIn } from '../../../api/types';
import { confirm, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatFullTime, formatTime } from '../../../lib/format';
import { deviceOf } from './device';
import '../identity.css';

const PATH = '/api/v1/me/sessions';

/** Where the user is signed in, and the way to end it. */
export function SessionsPage() {
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => get<Page<SignIn>>(PATH, signal) });
  const ending = useMutation({
    mutationFn: (id: string | null) => remove(id ? `${PATH}/${id}` : PATH),
    onSuccess: (_, id) => notifyDone(id ? t('The sign-in has ended.') : t('All other sign-ins have ended.')),
    onError: notifyFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const items = sessions.data?.items;
  return (
    <>
      <PageHead title={t('Sessions')} about={t('Where you are signed in. End what you do not know, and change your password then.')}>
        {items && items.length > 1 && (
          <Button variant="default" loading={ending.isPending && ending.variables === null} onClick={() => confirm(t('End all other sign-ins?'), t('Every other browser and device of yours is signed out at once, in all your organizations.'), t('End them'), () => ending.mutate(null))}>
            {t('End all others')}
          </Button>
        )}
      </PageHead>
      {sessions.isPending && <LoadingRows rows={2} />}
      {sessions.error && <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />}
      {items && (
        <ul className="panel-card plain-list" aria-label={t('Sessions')}>
          {items.map((session) => (
            <Group component="li" key={session.id} className="row" gap="sm" wrap="nowrap">
              <div style={{ flex: 1, minWidth: 0 }}>
                <Group gap="xs">
                  <Text fw={600} title={session.userAgent ?? undefined}>
                    {deviceOf(session.userAgent)}
                  </Text>
                  {session.current && (
                    <Badge color="teal" c="light-dark(#0a5740, var(--mantine-color-teal-2))">
                      {t('This one')}
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c="dimmed" title={formatFullTime(session.createdAt)}>
                  {[session.address, t('used {{time}}', { time: formatTime(session.lastUsedAt) }), t('signed in {{time}}', { time: formatTime(session.createdAt) })].filter(Boolean).join(' · ')}
                </Text>
              </div>
              {!session.current && (
                <Button size="xs" variant="default" loading={ending.isPending && ending.variables === session.id} onClick={() => ending.mutate(session.id)} aria-label={t('End {{device}}', { device: deviceOf(session.userAgent) })}>
                  {t('End')}
                </Button>
              )}
            </Group>
          ))}
        </ul>
      )}
    </>
  );
}
