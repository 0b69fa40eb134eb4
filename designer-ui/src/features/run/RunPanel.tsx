import { ActionIcon, Alert, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Run, Task } from '../../api/types';
import { Json, StatusBadge } from '../../components/ui';
import { eventIcon, stepColour, stepIcon, type StepCatalogue } from '../../diagram';
import { t } from '../../i18n';
import { formatDuration } from '../../lib/format';
import { isApproval } from './approvals/TaskApproval';
import { isWithinTool, taskWords, toolsWaitedFor, type Drawn } from './drawn';
import { TaskDetails } from './TaskDetails';

interface RunPanelProps {
  run: Run;
  drawn: Drawn;
  tasks: Task[];
  catalogue: StepCatalogue;
  elementId: string | null;
  onSelect: (elementId: string | null) => void;
}

/** Beside the diagram: the steps in order, or one step with everything known about it. A tool's call is shown by its agent. */
export function RunPanel({ run, drawn, tasks, catalogue, elementId, onSelect }: RunPanelProps) {
  const steps = tasks.filter(({ stepType }) => stepType !== 'tool-call');
  const at = ({ elementId: id }: Task) => id === elementId;
  const chosen = elementId === null ? [] : steps.some(at) ? steps.filter(at) : tasks.filter(at);
  const first = chosen[0];
  if (first) {
    return (
      <div className="run-scroll">
        <Group gap="xs" mb="md" wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" onClick={() => onSelect(null)} aria-label={t('All steps')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
          <Title order={2} size="15px" style={{ flex: 1 }} lineClamp={1}>
            {first.name ?? first.elementId}
          </Title>
        </Group>
        <TaskDetails key={first.elementId} run={run} drawn={drawn} tasks={chosen} all={tasks} onSelect={onSelect} />
      </div>
    );
  }
  return (
    <div className="run-scroll">
      <Stack gap="lg">
        {run.error && (
          <Alert color="red" title={t('The run failed')}>
            {run.error.message}
          </Alert>
        )}
        <div>
          <Title order={2} size="15px" mb={6}>
            {t('Steps')}
          </Title>
          {steps.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('No step has begun.')}
            </Text>
          )}
          {steps.map((task) => (
            <TaskRow key={task.id} task={task} all={tasks} drawn={drawn} catalogue={catalogue} onSelect={onSelect} />
          ))}
        </div>
        <Json label={t('Input of the run')} value={run.input} />
        <Json label={t('Output of the run')} value={run.output} />
      </Stack>
    </div>
  );
}

function TaskRow({ task, all, drawn, catalogue, onSelect }: { task: Task; all: Task[]; drawn: Drawn; catalogue: StepCatalogue; onSelect: (elementId: string) => void }) {
  const type = catalogue.get(task.stepType);
  const colour = type ? stepColour(type) : '#71758a';
  return (
    <UnstyledButton className="run-task" data-inside={isWithinTool(task, all) || undefined} onClick={() => onSelect(task.elementId)}>
      <span className="run-icon" style={{ background: `color-mix(in srgb, ${colour} 16%, transparent)` }}>
        <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke={colour} strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden>
          <path d={type ? stepIcon(type) : task.stepType === 'compensation' ? eventIcon('compensation') : 'M5 12h14'} />
        </svg>
      </span>
      <span style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} truncate>
          {task.name ?? task.elementId}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {task.error?.message ?? (isApproval(task) && task.status === 'waiting' ? t('Waits for a person') : null) ?? toolsWaitedFor(task, all) ?? taskWords(task, drawn) ?? type?.title ?? task.stepType}
        </Text>
      </span>
      <Text size="xs" c="dimmed" className="num">
        {[task.attempt > 1 && t('attempt {{n}} of {{max}}', { n: task.attempt, max: task.maxAttempts }), task.durationMs === null || task.durationMs === undefined ? null : formatDuration(task.durationMs)].filter(Boolean).join(' · ')}
      </Text>
      <StatusBadge status={task.status} />
    </UnstyledButton>
  );
}
