import { ActionIcon, Badge, Button, Center, Group, Loader, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconArrowUp, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { allowance, every } from '../../api/allowance';
import { get } from '../../api/http';
import type { Page, Run, Task } from '../../api/types';
import { useRole } from '../../api/useMe';
import { ErrorState, isOver, StatusBadge } from '../../components/ui';
import { StepCatalogue, toRunState, type StepType } from '../../diagram';
import { t } from '../../i18n';
import { formatDuration, formatMoney, formatTime } from '../../lib/format';
import { usePause, useResume, useRetry } from './actions';
import { diagramOf, useCancelling } from './cancelling';
import { RunDiagram } from './diagram/RunDiagram';
import { readDrawn } from './drawn';
import { MigrateButton } from './migration/MigrateButton';
import { moments, pathAt, tasksAt } from './replay';
import { ReplayBar } from './ReplayBar';
import { RunPanel } from './RunPanel';
import './run.css';
import { useLive } from './useLive';

/** A run as its diagram: the path taken, live while it goes on, to be replayed when it is over. */
export function RunPage() {
  const { runId = '' } = useParams();
  const queries = useQueryClient();
  const live = useLive(() => void queries.invalidateQueries({ queryKey: ['run', runId] }), runId);
  const run = useQuery({
    queryKey: ['run', runId, 'itself'],
    queryFn: ({ signal }) => get<Run>(`/api/v1/runs/${runId}`, signal),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.status) ? false : allowance.pause(live ? 10_000 : 1500)),
  });
  const going = run.data !== undefined && !isOver(run.data.status);
  const tasks = useQuery({
    queryKey: ['run', runId, 'tasks', run.data?.status],
    queryFn: ({ signal }) => get<Page<Task>>(`/api/v1/runs/${runId}/tasks?limit=200`, signal),
    placeholderData: (before) => before,
    refetchInterval: going ? every(live ? 10_000 : 1500) : false,
  });
  const diagram = useQuery(diagramOf(runId));
  const types = useQuery({ queryKey: ['step-types'], queryFn: async ({ signal }) => (await get<Page<StepType>>('/api/v1/step-types', signal)).items });
  const catalogue = useMemo(() => types.data && new StepCatalogue(types.data), [types.data]);
  const failure = run.error ?? diagram.error ?? types.error;
  if (failure) {
    return (
      <div className="page">
        <ErrorState error={failure} retry={() => void queries.invalidateQueries()} />
      </div>
    );
  }
  if (!run.data || !diagram.data || !catalogue || !tasks.data) {
    return (
      <Center h="70vh">
        <Loader aria-label={t('Loading the run')} />
      </Center>
    );
  }
  return <RunView key={runId} run={run.data} tasks={tasks.data.items} bpmnXml={diagram.data.bpmnXml} catalogue={catalogue} />;
}

function RunView({ run, tasks, bpmnXml, catalogue }: { run: Run; tasks: Task[]; bpmnXml: string; catalogue: StepCatalogue }) {
  const [step, setStep] = useState<number | null>(null);
  const [elementId, setElementId] = useState<string | null>(run.error?.elementId ?? null);
  const drawn = useMemo(() => readDrawn(bpmnXml), [bpmnXml]);
  const times = useMemo(() => moments(run, tasks), [run, tasks]);
  const over = isOver(run.status);
  const moment = over && step !== null ? (times[step] ?? Infinity) : Infinity;
  const shownTasks = useMemo(() => (moment === Infinity ? tasks : tasksAt(tasks, moment)), [tasks, moment]);
  const state = useMemo(() => toRunState(shownTasks, pathAt(run, moment)), [shownTasks, run, moment]);
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  useEffect(() => {
    document.title = `${run.workflowName} · ${run.status} · Cadre`;
  }, [run.workflowName, run.status]);
  return (
    <div className="run-page">
      <RunHead run={run} />
      <div className="run-body" data-wide={wide}>
        <div className="run-stage">
          <RunDiagram bpmnXml={bpmnXml} catalogue={catalogue} state={state} onSelect={setElementId} />
        </div>
        <aside className="run-side" aria-label={t('Steps of the run')}>
          <RunPanel run={run} drawn={drawn} tasks={shownTasks} catalogue={catalogue} elementId={elementId} onSelect={setElementId} />
          {over && times.length > 1 && <ReplayBar count={times.length} step={step ?? times.length - 1} onStep={setStep} label={(index) => formatDuration((times[index] ?? 0) - (times[0] ?? 0))} />}
        </aside>
      </div>
    </div>
  );
}

function RunHead({ run }: { run: Run }) {
  const retry = useRetry(run.id);
  const mayRun = useRole('member');
  const cost = formatMoney(run.usage?.cost);
  return (
    <header className="run-head">
      <ActionIcon component={Link} to="/runs" variant="subtle" color="gray" aria-label={t('All runs')}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <Title order={1} size="15px" lineClamp={1} style={{ minWidth: 60 }}>
        {run.workflowName}
      </Title>
      {run.paused ? (
        <Badge variant="outline" color="gray" c="var(--mantine-color-text)" style={{ flex: 'none' }}>
          {t('Paused')}
        </Badge>
      ) : (
        <StatusBadge status={run.status} />
      )}
      <Badge variant="default" visibleFrom="sm">
        {run.workflowVersion ? `v${run.workflowVersion}` : t('Draft')}
      </Badge>
      <Text size="sm" c="dimmed" className="num" truncate visibleFrom="sm">
        {[run.trigger?.use, formatTime(run.startedAt), run.durationMs !== null ? formatDuration(run.durationMs) : null, cost].filter(Boolean).join(' · ')}
      </Text>
      <Group gap="xs" ml="auto" wrap="nowrap">
        <Button component={Link} to={`/workflows/${run.workflowId}?run=${run.id}`} size="xs" variant="default" leftSection={<IconPencil size={15} />} visibleFrom="sm">
          {t('Open in editor with this data')}
        </Button>
        {run.parentRunId && (
          <Button component={Link} to={`/runs/${run.parentRunId}`} size="xs" variant="default" leftSection={<IconArrowUp size={15} />}>
            {t('Calling run')}
          </Button>
        )}
        {(run.status === 'failed' || !isOver(run.status)) && <MigrateButton workflowId={run.workflowId} runIds={[run.id]} />}
        {mayRun && !isOver(run.status) && <PauseButton run={run} />}
        {mayRun && !isOver(run.status) && <CancelButton runId={run.id} />}
        {mayRun && run.status === 'failed' && (
          <Button size="xs" leftSection={<IconRefresh size={15} />} loading={retry.isPending} onClick={() => retry.mutate()}>
            {t('Retry from here')}
          </Button>
        )}
      </Group>
    </header>
  );
}

function CancelButton({ runId }: { runId: string }) {
  const cancelling = useCancelling(runId);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconPlayerStop size={15} />} loading={cancelling.pending} onClick={cancelling.begin}>
        {t('Cancel')}
      </Button>
      {cancelling.dialog}
    </>
  );
}

function PauseButton({ run }: { run: Run }) {
  const pause = usePause(run.id);
  const resume = useResume(run.id);
  const label = run.paused ? t('Resume') : t('Pause');
  const Icon = run.paused ? IconPlayerPlay : IconPlayerPause;
  const look = { variant: run.paused ? 'filled' : 'default', loading: pause.isPending || resume.isPending, onClick: () => (run.paused ? resume : pause).mutate() };
  return (
    <>
      <ActionIcon size={30} aria-label={label} hiddenFrom="sm" {...look}>
        <Icon size={15} />
      </ActionIcon>
      <Button size="xs" leftSection={<Icon size={15} />} visibleFrom="sm" {...look}>
        {label}
      </Button>
    </>
  );
}
