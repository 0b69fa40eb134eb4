import { Button, Modal, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { get, query } from '../../api/http';
import type { OutboxMessage, Page } from '../../api/types';
import { EmptyState, ErrorState, LoadingRows, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { formatDate, formatFullTime, formatTime } from '../../lib/format';
import './identity.css';

/** What no mail server has taken: the hub's first owner reads it here and passes it on. */
export function OutboxPage() {
  const [reading, setReading] = useState<OutboxMessage | null>(null);
  const outbox = useInfiniteQuery({
    queryKey: ['outbox'],
    queryFn: ({ pageParam, signal }) => get<Page<OutboxMessage>>(`/api/v1/outbox${query({ cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = outbox.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={t('Outbox')} about={t('This hub has no mail server. Pass these messages on by yourself, or set CADRE_SMTP_URL: then they are sent.')} />
      {outbox.isPending && <LoadingRows />}
      {outbox.error && <ErrorState error={outbox.error} retry={() => void outbox.refetch()} />}
      {items?.length === 0 && (
        <EmptyState icon={<IconMail size={24} />} title={t('No message waits')}>
          {t('Invitations and links to confirm an address or to set a password come here.')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <div className="panel-card">
          {items.map((message) => (
            <button key={message.id} type="button" className="row row-link plain-button" onClick={() => setReading(message)}>
              <span style={{ flex: 1, minWidth: 0 }}>
                <Text fw={600} truncate>
                  {message.subject}
                </Text>
                <Text size="sm" c="dimmed" truncate>
                  {message.to}
                </Text>
              </span>
              <Text size="sm" c="dimmed" title={formatFullTime(message.createdAt)} style={{ flex: 'none' }}>
                {formatTime(message.createdAt)}
              </Text>
            </button>
          ))}
        </div>
      )}
      {outbox.hasNextPage && (
        <Button variant="default" mt="md" loading={outbox.isFetchingNextPage} onClick={() => void outbox.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
      {reading && (
        <Modal opened onClose={() => setReading(null)} title={reading.subject} size="lg">
          <Text size="sm" c="dimmed" mb="sm">
            {t('To {{address}}', { address: reading.to })} · {formatDate(reading.createdAt)}
          </Text>
          <p className="message-text">{reading.text}</p>
        </Modal>
      )}
    </>
  );
}
