import { ActionIcon, Badge, Button, Group, Menu, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconActivity, IconDots, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { get, query } from '../../api/http';
import type { Page, Run, WorkflowSummary } from '../../api/types';
import { useRole } from '../../api/useMe';
import { EmptyState, ErrorState, isOver, LoadingRows, PageHead, StatusBadge } from '../../components/ui';
import { t } from '../../i18n';
import { formatDuration, formatFullTime, formatMoney, formatTime } from '../../lib/format';
import { useCancel, useRetry } from './actions';
import { MigrateButton } from './migration/MigrateButton';
import { useLive } from './useLive';

const PERIODS: Record<string, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
const STATUSES = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'];

export function RunsPage() {
  const [filters, setFilters] = useSearchParams();
  const set = (key: string, value: string | null): void =>
    setFilters((before) => {
      const next = new URLSearchParams(before);
      if (value) next.set(key, value);
      else next.delete(key);
      return next;
    }, { replace: true });
  const period = PERIODS[filters.get('period') ?? ''];
  const wanted = { workflowId: filters.get('workflowId'), status: filters.get('status'), q: filters.get('q'), period: filters.get('period') };
  const queries = useQueryClient();
  const live = useLive(() => void queries.invalidateQueries({ queryKey: ['runs'] }));
  const runs = useInfiniteQuery({
    queryKey: ['runs', wanted],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) =>
      get<Page<Run>>(
        `/api/v1/runs${query({ workflowId: wanted.workflowId, status: wanted.status, q: wanted.q, from: period ? new Date(Date.now() - period).toISOString() : null, limit: 50, cursor: pageParam })}`,
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: live ? false : 4000,
  });
  const workflows = useQuery({ queryKey: ['workflows'], queryFn: ({ signal }) => get<Page<WorkflowSummary>>('/api/v1/workflows?limit=200', signal) });
  const items = runs.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(wanted).some(Boolean);
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
        <Select aria-label={t('Workflow')} placeholder={t('Every workflow')} clearable searchable w={{ base: '100%', xs: 220 }} data={workflows.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []} value={wanted.workflowId} onChange={(value) => set('workflowId', value)} />
        <Select aria-label={t('Status')} placeholder={t('Every status')} clearable w={150} data={STATUSES.map((value) => ({ value, label: t(value.charAt(0).toUpperCase() + value.slice(1)) }))} value={wanted.status} onChange={(value) => set('status', value)} />
        <Select aria-label={t('Time')} placeholder={t('Any time')} clearable w={150} data={[{ value: 'hour', label: t('Last hour') }, { value: 'day', label: t('Last day') }, { value: 'week', label: t('Last week') }]} value={wanted.period} onChange={(value) => set('period', value)} />
        <TextInput aria-label={t('Search runs')} placeholder={t('Search')} w={180} defaultValue={wanted.q ?? ''} onBlur={(event) => set('q', event.currentTarget.value.trim())} onKeyDown={(event) => event.key === 'Enter' && set('q', event.currentTarget.value.trim())} />
      </Group>
      {runs.isPending && <LoadingRows />}
      {runs.error && <ErrorState error={runs.error} retry={() => void runs.refetch()} />}
      {items?.length === 0 && (
        <EmptyState icon={<IconActivity size={24} />} title={filtered ? t('No run matches') : t('No run yet')}>
          {filtered ? t('Take a filter away to see more.') : t('Publish a workflow and call its webhook, or press Test run in the designer.')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <div className="panel-card">
          {items.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </div>
      )}
      {runs.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('Show more')}
          </Button>
        </Group>
      )}
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
      <Link to={`/runs/${run.id}`} className="plain" style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} truncate>
          {run.workflowName}
        </Text>
        <Text size="sm" c={run.error ? undefined : 'dimmed'} truncate style={run.error ? { color: 'light-dark(#b8182e, #ff98a4)' } : undefined}>
          {run.error?.message ?? `${run.workflowVersion ? `v${run.workflowVersion}` : t('Draft')} · ${run.trigger?.use ?? 'manual'}`}
        </Text>
      </Link>
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
  const cancel = useCancel(run.id);
  const retry = useRetry(run.id);
  const mayRun = useRole('member');
  const cancellable = !isOver(run.status);
  return (
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
          <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={() => cancel.mutate(false)}>
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
  );
}
