import { Anchor, Badge, Button, Group, Popover, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCalendarClock, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../api/useMe';
import { EmptyState, ErrorState, LoadingRows, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { formatFullTime, formatTime, formatUntil, formatZoned } from '../../lib/format';
import { describeSchedule } from '../../lib/schedule';
import { usePause, useRunNow, useSchedules, type Schedule } from './calls';
import './schedules.css';

/** What the clock starts: when next, what came of the last time, and a way to hold it. */
export function SchedulesPage() {
  const schedules = useSchedules();
  return (
    <>
      <PageHead title={t('Schedules')} about={t('Published workflows that the clock starts, the next one first.')} />
      {schedules.isPending && <LoadingRows rows={3} />}
      {schedules.error && <ErrorState error={schedules.error} retry={() => void schedules.refetch()} />}
      {schedules.data?.length === 0 && (
        <EmptyState
          icon={<IconCalendarClock size={24} />}
          title={t('Nothing is scheduled yet')}
          action={
            <Button component={Link} to="/workflows" variant="default">
              {t('Go to the workflows')}
            </Button>
          }
        >
          {t('Choose “Schedule” as the start of a workflow and publish it: it appears here with its next times.')}
        </EmptyState>
      )}
      {schedules.data && schedules.data.length > 0 && (
        <ul className="panel-card schedule-list" aria-label={t('Schedules')}>
          {schedules.data.map((schedule) => (
            <ScheduleRow key={schedule.workflowId} it={schedule} />
          ))}
        </ul>
      )}
    </>
  );
}

function ScheduleRow({ it }: { it: Schedule }) {
  return (
    <li className="row schedule-row" aria-label={it.workflowName}>
      <div className="schedule-name">
        <Anchor component={Link} to={`/workflows/${it.workflowId}`} fw={600} c="inherit" truncate display="block">
          {it.workflowName}
        </Anchor>
        <Text size="sm" c="dimmed">
          {describeSchedule(it.schedule)}
          {it.schedule.every ? '' : ` · ${it.schedule.timeZone}`}
        </Text>
      </div>
      <Next it={it} />
      <Last it={it} />
      <Actions it={it} />
    </li>
  );
}

function Next({ it }: { it: Schedule }) {
  const { pausedAt, timeZone } = it.schedule;
  return (
    <div className="schedule-times">
      <Text size="xs" c="dimmed">
        {t('Next')}
      </Text>
      {pausedAt ? (
        <Tooltip label={t('Since {{time}}', { time: formatFullTime(pausedAt) })}>
          <Badge color="orange" c="light-dark(#8a3b00, #ffc078)">
            {t('Paused')}
          </Badge>
        </Tooltip>
      ) : it.nextFireAt ? (
        <Popover position="bottom-start" shadow="md" withinPortal>
          <Popover.Target>
            <UnstyledButton aria-label={t('Next times of {{name}}', { name: it.workflowName })}>
              <Text size="sm" fw={600}>
                {formatUntil(it.nextFireAt)}
              </Text>
              <Text size="xs" c="dimmed">
                {formatZoned(it.nextFireAt, timeZone)}
              </Text>
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p="sm">
            <ol className="schedule-next">
              {it.nextFireTimes.map((time) => (
                <li key={time}>{formatZoned(time, timeZone)}</li>
              ))}
            </ol>
          </Popover.Dropdown>
        </Popover>
      ) : (
        <Text size="sm">{t('Never again')}</Text>
      )}
    </div>
  );
}

function Last({ it }: { it: Schedule }) {
  const { lastRunId, lastFiredAt, lastError, missedTimes, skippedTimes } = it.schedule;
  return (
    <div className="schedule-times">
      <Text size="xs" c="dimmed">
        {t('Last')}
      </Text>
      {lastRunId && lastFiredAt ? (
        <Anchor component={Link} to={`/runs/${lastRunId}`} size="sm" aria-label={t('Last run of {{name}}', { name: it.workflowName })}>
          {formatTime(lastFiredAt)}
        </Anchor>
      ) : (
        <Text size="sm">{t('Not yet')}</Text>
      )}
      {missedTimes > 0 && (
        <Text size="xs" c="dimmed">
          {t('{{count}} missed', { count: missedTimes })}
        </Text>
      )}
      {skippedTimes > 0 && (
        <Text size="xs" c="dimmed">
          {t('{{count}} skipped', { count: skippedTimes })}
        </Text>
      )}
      {lastError && (
        <Text size="xs" c="light-dark(#b42318, #ffa8a8)">
          {lastError}
        </Text>
      )}
    </div>
  );
}

function Actions({ it }: { it: Schedule }) {
  const navigate = useNavigate();
  const mayPause = useMay('schedule:manage');
  const mayRun = useMay('run:execute');
  const pause = usePause(it);
  const runNow = useRunNow(it.workflowId, (run) => void navigate(`/runs/${run.id}`));
  const name = it.workflowName;
  const paused = Boolean(it.schedule.pausedAt);
  return (
    <Group gap={6} wrap="nowrap" className="schedule-actions">
      {mayPause && (
        <Button
          size="xs"
          variant="default"
          loading={pause.isPending}
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          aria-label={paused ? t('Resume {{name}}', { name }) : t('Pause {{name}}', { name })}
          onClick={() => pause.mutate()}
        >
          {paused ? t('Resume') : t('Pause')}
        </Button>
      )}
      {mayRun && (
        <Button size="xs" variant="default" loading={runNow.isPending} aria-label={t('Run {{name}} now', { name })} onClick={() => runNow.mutate()}>
          {t('Run now')}
        </Button>
      )}
    </Group>
  );
}
