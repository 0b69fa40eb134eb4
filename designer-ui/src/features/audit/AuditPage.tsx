import { Button, Group, Menu, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload, IconHistory, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { download, query } from '../../api/http';
import { useMay } from '../../api/useMe';
import { EmptyState, ErrorState, LoadingRows, notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import './audit.css';
import { asked, useAuditEvents, useMembers, useVerification, type AuditFilter } from './calls';
import { EventRow } from './EventRow';
import { KeptFor } from './KeptFor';
import { Verification } from './Verification';

/** What actions begin with, in the order in which people look for them. */
const SUBJECTS: readonly [string, string][] = [
  ['user', 'Sign-ins and accounts'],
  ['session', 'Sessions'],
  ['second-factor', 'Second factors'],
  ['member', 'Members'],
  ['invitation', 'Invitations'],
  ['role', 'Roles'],
  ['project', 'Projects'],
  ['api-key', 'API keys'],
  ['service-account', 'Service accounts'],
  ['sso', 'Single sign-on'],
  ['organization', 'Organization'],
  ['rate-limits', 'Limits'],
  ['encryption-key', 'Encryption key'],
  ['workflow', 'Workflows'],
  ['run', 'Runs'],
  ['approval', 'Approvals'],
  ['task', 'Decisions on tasks'],
  ['dead-letter', 'Dead letters'],
  ['connection', 'Connections and their secrets'],
  ['schedule', 'Schedules'],
  ['webhook', 'Webhooks'],
  ['template', 'Templates'],
  ['plugin', 'Plugins'],
  ['audit', 'The audit log itself'],
];

const NOTHING: AuditFilter = { actor: null, action: null, period: null };

/** Who did what in the organization, from where, and proof that nobody has changed the record. */
export function AuditPage() {
  const [filter, setFilter] = useState(NOTHING);
  const events = useAuditEvents(filter);
  const verification = useVerification();
  const items = events.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filter).some(Boolean);
  return (
    <>
      <PageHead title={t('Audit log')} about={t('Who did what, when and from where. Nobody can change it unseen.')}>
        <ExportMenu filter={filter} />
        <Button leftSection={<IconShieldCheck size={18} />} loading={verification.isPending} onClick={() => verification.mutate(null)}>
          {t('Verify')}
        </Button>
      </PageHead>
      {verification.data && <Verification report={verification.data} close={verification.reset} />}
      <Filters filter={filter} change={(part) => setFilter({ ...filter, ...part })} />
      {events.isPending && <LoadingRows rows={6} />}
      {events.error && <ErrorState error={events.error} retry={() => void events.refetch()} />}
      {items?.length === 0 && (
        <EmptyState icon={<IconHistory size={24} />} title={filtered ? t('No event matches') : t('Nothing has happened yet')}>
          {filtered ? t('Take a filter away to see more.') : t('Changes, sign-ins, approvals and exports appear here.')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <ul className="panel-card audit-list" aria-label={t('Events')}>
          {items.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      )}
      {events.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('Show more')}
          </Button>
        </Group>
      )}
      <KeptFor mayChange={useMay('security:manage')} />
    </>
  );
}

function Filters({ filter, change }: { filter: AuditFilter; change(part: Partial<AuditFilter>): void }) {
  const members = useMembers();
  return (
    <Group mb="sm" gap="xs">
      <Select aria-label={t('Person')} placeholder={t('Everybody')} clearable searchable w={{ base: '100%', xs: 220 }} data={members.data?.items.map(({ userId, name, email }) => ({ value: userId, label: name || email })) ?? []} value={filter.actor} onChange={(actor) => change({ actor })} />
      <Select aria-label={t('What')} placeholder={t('Everything')} clearable searchable w={{ base: '100%', xs: 220 }} data={SUBJECTS.map(([value, label]) => ({ value, label: t(label) }))} value={filter.action} onChange={(action) => change({ action })} />
      <Select aria-label={t('Time')} placeholder={t('Any time')} clearable w={{ base: '100%', xs: 150 }} data={[{ value: 'day', label: t('Last day') }, { value: 'week', label: t('Last week') }, { value: 'month', label: t('Last 30 days') }]} value={filter.period} onChange={(period) => change({ period })} />
    </Group>
  );
}

/** What the filter shows, as a file. */
function ExportMenu({ filter }: { filter: AuditFilter }) {
  const save = useMutation({ mutationFn: (format: string) => download(`/api/v1/audit-export${query({ ...asked(filter), format })}`, `audit-log.${format}`), onError: notifyFailure });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} />} loading={save.isPending}>
          {t('Export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save.mutate('csv')}>{t('As a table (CSV)')}</Menu.Item>
        <Menu.Item onClick={() => save.mutate('jsonl')}>{t('As JSON lines')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
