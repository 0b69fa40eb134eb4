import { ActionIcon, Badge, Group, Menu, Select, Text, Tooltip } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { IconActivity, IconDots, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { Link } from 'react-router';
import { every } from '../../api/allowance';
import { get, query } from '../../api/http';
import type { Page, Run } from '../../api/types';
import { useRole } from '../../api/useMe';
import { ProjectFilter } from '../../components/project';
import { EmptyState, isOver, PageHead, StatusBadge } from '../../components/ui';
import { t } from '../../i18n';
import { formatDuration, formatFullTime, formatMoney, formatTime } from '../../lib/format';
import { useRetry } from './actions';
import { useCancelling } from './cancelling';
import { Pages, RunLink, TextFilter, useFilters, WorkflowFilter } from './list';
import './list.css';
import { MigrateButton } from './migration/MigrateButton';
import { useLive } from './useLive';

const PERIODS: Record<string, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
const STATUSES = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'];

export function RunsPage() {
  const { wanted, filtered, set } = useFilters('projectId', 'workflowId', 'status', 'q', 'period');
  const queries = useQueryClient();
  const live = useLive(() => void queries.invalidateQueries({ queryKey: ['runs'] }));
  const period = PERIODS[wanted.period ?? ''];
  const runs = useInfiniteQuery({
    queryKey: ['runs', wanted],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) => {
      const from = period ? new Date(Date.now() - period).toISOString() : null;
      return get<Page<Run>>(`/api/v1/runs${query({ projectId: wanted.projectId, workflowId: wanted.workflowId, status: wanted.status, q: wanted.q, from, limit: 50, cursor: pageParam })}`, signal);
    },
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: live ? false : every(4000),
  });
  return (
    <>
      <PageHead title={t('Runs')} about={t('Each execution of a workflow, newest first.')}>
        {wanted.workflowId && <MigrateButton workflowId={wanted.workflowId} runIds={null} />}
        <Tooltip label={live ? t('Changes appear at once') : t('Asking every few seconds')}>
          <Badge variant="dot" color={live ? 'teal' : 'gray'} c="var(--mantine-color-text)">
            {live ? t('Live') : t('Polling')}
          </Badge>
        </Tooltip>
      </PageHead>
      <Group mb="sm" gap="xs">
        <ProjectFilter value={wanted.projectId} onChange={(value) => set('projectId', value)} />
        <WorkflowFilter value={wanted.workflowId} onChange={(value) => set('workflowId', value)} />
        <Select aria-label={t('Status')} placeholder={t('Every status')} clearable w={150} data={STATUSES.map((value) => ({ value, label: t(value.charAt(0).toUpperCase() + value.slice(1)) }))} value={wanted.status} onChange={(value) => set('status', value)} />
        <Select aria-label={t('Time')} placeholder={t('Any time')} clearable w={150} data={[{ value: 'hour', label: t('Last hour') }, { value: 'day', label: t('Last day') }, { value: 'week', label: t('Last week') }]} value={wanted.period} onChange={(value) => set('period', value)} />
        <TextFilter label={t('Search runs')} placeholder={t('Search')} width={180} value={wanted.q} onChange={(value) => set('q', value)} />
      </Group>
      <Pages
        list={runs}
        empty={
          <EmptyState icon={<IconActivity size={24} />} title={filtered ? t('No run matches') : t('No run yet')}>
            {filtered ? t('Take a filter away to see more.') : t('Publish a workflow and call its webhook, or press Test run in the designer.')}
          </EmptyState>
        }
      >
        {(items) => (
          <div className="panel-card">
            {items.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </div>
        )}
      </Pages>
    </>
  );
}

function RunRow({ run }: { run: Run }) {
  const cost = formatMoney(run.usage?.cost);
  return (
    <Group className="row row-link" wrap="nowrap" gap="sm">
      <StatusBadge status={run.status} />
      {run.paused && (
        <Badge variant="outline" color="gray" c="var(--mantine-color-text)" style={{ flex: 'none' }}>
          {t('Paused')}
        </Badge>
      )}
      <RunLink runId={run.id} name={run.workflowName} tone={run.error ? 'bad' : undefined}>
        {run.error?.message ?? `${run.workflowVersion ? `v${run.workflowVersion}` : t('Draft')} · ${run.trigger?.use ?? 'manual'}`}
      </RunLink>
      {cost && (
        <Text size="sm" c="dimmed" visibleFrom="sm" className="num">
          {cost}
        </Text>
      )}
      <Text size="sm" c="dimmed" w={80} ta="right" visibleFrom="xs" className="num">
        {formatDuration(run.durationMs)}
      </Text>
      <Text size="sm" c="dimmed" w={96} ta="right" className="num" title={formatFullTime(run.startedAt)}>
        {formatTime(run.startedAt)}
      </Text>
      <RunMenu run={run} />
    </Group>
  );
}

function RunMenu({ run }: { run: Run }) {
  const cancelling = useCancelling(run.id);
  const retry = useRetry(run.id);
  const mayRun = useRole('member');
  const cancellable = !isOver(run.status);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('More for the run of {{name}}', { name: run.workflowName })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/workflows/${run.workflowId}?run=${run.id}`}>
            {t('Open in editor with this data')}
          </Menu.Item>
          {mayRun && cancellable && (
            <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={cancelling.begin}>
              {t('Cancel')}
            </Menu.Item>
          )}
          {mayRun && run.status === 'failed' && (
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => retry.mutate()}>
              {t('Retry from the failed step')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {cancelling.dialog}
    </>
  );
}
