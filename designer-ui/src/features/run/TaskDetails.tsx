import { Alert, Anchor, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { get } from '../../api/http';
import type { LogLine, Page, Run, Task } from '../../api/types';
import { Json, StatusBadge } from '../../components/ui';
import { t } from '../../i18n';
import { formatDuration, formatMoney } from '../../lib/format';
import { nextWords, otherRun, taskWords, toolsWaitedFor, type Drawn } from './drawn';
import { TaskApproval } from './approvals/TaskApproval';
import { isUndecided, OutcomeDecision } from './OutcomeDecision';
import { TurnCard } from './TurnCard';

interface TaskDetailsProps {
  run: Run;
  drawn: Drawn;
  /** The step's own. */
  tasks: Task[];
  /** Those of the whole run, in which an agent's tool calls are found. */
  all: Task[];
  onSelect: (elementId: string) => void;
}

/** What one step got, gave and said, its attempts and the turns of an agent. */
export function TaskDetails({ run, drawn, tasks, all, onSelect }: TaskDetailsProps) {
  const [taskId, setTaskId] = useState(tasks.find(({ status }) => status === 'failed')?.id ?? tasks[0]?.id);
  const listed = tasks.find(({ id }) => id === taskId) ?? tasks[0];
  const full = useQuery({
    queryKey: ['run', run.id, 'task', listed?.id, listed?.status],
    queryFn: ({ signal }) => get<Task>(`/api/v1/tasks/${listed?.id}`, signal),
    enabled: listed !== undefined,
  });
  const logs = useQuery({
    queryKey: ['run', run.id, 'logs', listed?.id, listed?.status],
    queryFn: ({ signal }) => get<Page<LogLine>>(`/api/v1/tasks/${listed?.id}/logs`, signal),
    enabled: listed !== undefined,
  });
  if (!listed) return null;
  const task = full.data?.status === listed.status ? full.data : listed;
  const words = toolsWaitedFor(task, all) ?? taskWords(task, drawn);
  const next = nextWords(task);
  const other = otherRun(task);
  const cost = formatMoney(task.usage?.cost);
  return (
    <Stack gap="md">
      {tasks.length > 1 && (
        <Select label={t('Which time')} allowDeselect={false} value={listed.id} onChange={setTaskIdFrom(setTaskId)} data={tasks.map(({ id, status }, index) => ({ value: id, label: `${index + 1} · ${status}` }))} />
      )}
      <Group gap="xs">
        <StatusBadge status={task.status} />
        <Text size="sm" c="dimmed" className="num">
          {[formatDuration(task.durationMs), task.attempt > 1 && t('attempt {{n}} of {{max}}', { n: task.attempt, max: task.maxAttempts }), cost].filter(Boolean).join(' · ')}
        </Text>
      </Group>
      {words && <Text size="sm">{words}</Text>}
      {other && (
        <Anchor component={Link} to={`/runs/${other}`} size="sm" underline="always">
          {task.stepType === 'call' ? t('Open the run of the called workflow') : t('Open the run that got it')}
        </Anchor>
      )}
      <TaskApproval task={task} />
      <OutcomeDecision task={task} />
      {next && <Text size="sm">{next}</Text>}
      {task.error && !isUndecided(task) && (
        <Alert color="red" title={t('This step failed')}>
          <Stack gap={6}>
            <Text size="sm">{task.error.message}</Text>
            <Anchor component={Link} to={`/workflows/${run.workflowId}?run=${run.id}`} size="sm" underline="always" c="inherit">
              {t('Open in editor with this data')}
            </Anchor>
          </Stack>
        </Alert>
      )}
      {task.error && <Json label={t('Raw answer')} value={task.error} />}
      <Json label={t('Input')} value={task.input} />
      <Json label={t('Output')} value={task.output} />
      {task.turns?.map((turn) => (
        <TurnCard key={turn.index} turn={turn} calls={all.filter(({ parentTaskId, callId }) => parentTaskId === task.id && callId?.startsWith(`${turn.index}:`))} onSelect={onSelect} />
      ))}
      <Logs lines={logs.data?.items ?? []} />
    </Stack>
  );
}

const setTaskIdFrom = (set: (id: string) => void) => (id: string | null): void => {
  if (id) set(id);
};

function Logs({ lines }: { lines: LogLine[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('Log')}
      </Text>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <pre className="json" tabIndex={0}>{lines.map(({ at, level, message }) => `${at.slice(11, 23)} ${level.padEnd(5)} ${message}`).join('\n')}</pre>
    </div>
  );
}
