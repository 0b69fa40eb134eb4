import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { download } from '../../api/http';
import { ErrorState, LoadingRows, notifyFailure } from '../../components/ui';
import { t } from '../../i18n';
import { useProcessingRecord } from './calls';

/** As the record calls those who get some of the data. */
const KINDS: Readonly<Record<string, string>> = { 'identity-provider': 'Identity provider', 'mail-server': 'Mail server', 'model-provider': 'Model provider', connection: 'Connection', workflow: 'Workflow' };

/** What the organization does with data of people, as a data protection officer keeps it. */
export function ProcessingRecord() {
  const { data: record, isPending, error, refetch } = useProcessingRecord();
  const save = useMutation({ mutationFn: () => download('/api/v1/processing-record.csv', 'processing-record.csv'), onError: notifyFailure });
  return (
    <section className="panel-card privacy-part" aria-labelledby="record">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="15px" id="record">
            {t('Record of processing')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('As Article 30 GDPR asks for, made from what is set up now.')}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconDownload size={18} />} loading={save.isPending} onClick={() => save.mutate()}>
          {t('Download as table')}
        </Button>
      </Group>
      {isPending && <LoadingRows rows={3} />}
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      {record && (
        <>
          <Table caption={t('Data')} heads={[t('What'), t('Of whom'), t('What for'), t('Kept'), t('Where')]} rows={record.categories.map((data) => [data.data, data.people, data.purpose, data.kept, data.place])} />
          <Table caption={t('Who else gets some of it')} heads={[t('Kind'), t('Who'), t('Host'), t('What')]} rows={record.recipients.map((to) => [t(KINDS[to.kind] ?? to.kind), to.name, to.host ?? '', to.receives])} />
          <Title order={3} size="14px" mt="md">
            {t('Protection')}
          </Title>
          <ul className="privacy-list">
            {record.measures.map((measure) => (
              <li key={measure}>{measure}</li>
            ))}
          </ul>
          <Text size="xs" c="dimmed" mt="sm">
            {t('Whom to ask: {{contacts}}', { contacts: record.contacts.map((contact) => `${contact.name} <${contact.email}>`).join(', ') })}
          </Text>
        </>
      )}
    </section>
  );
}

function Table({ caption, heads, rows }: { caption: string; heads: string[]; rows: string[][] }) {
  if (rows.length === 0) {
    return null;
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
    <div className="privacy-table" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, column) => (
                <td key={heads[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
