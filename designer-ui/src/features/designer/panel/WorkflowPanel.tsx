import { ActionIcon, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAdjustments, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Problem } from '../../../api/types';
import { useMay } from '../../../api/useMe';
import { ProjectSelect, useMoveToProject } from '../../../components/project';
import { t } from '../../../i18n';
import { messageOf } from '../../../lib/problem';
import { readRunSettings, setRunSettings, type RunSettings } from '../canvas/runs';
import { describeDuration, durationError } from '../problems/durations';
import { useDesigner, useModelState } from '../state/DesignerContext';
import { ProblemList } from './ProblemList';
import { WholeNumber } from './WholeNumber';

const MOST = 100_000;

const PRIORITIES = Array.from({ length: 10 }, (_, index) => {
  const value = String(9 - index);
  const words: Record<string, string> = { 9: t('9: most urgent'), 5: t('5: usual'), 0: t('0: least urgent') };
  return { value, label: words[value] ?? value };
});

interface WorkflowPanelProps {
  projectId: string | null;
  onMoved(projectId: string | null): void;
  onClose(): void;
}

/** The project that the workflow belongs to; it moves when that is confirmed. */
function Belongs({ workflowId, projectId, onMoved }: { workflowId: string; projectId: string | null; onMoved(projectId: string | null): void }) {
  const [wanted, setWanted] = useState(projectId);
  const moving = useMoveToProject('workflows', workflowId, () => onMoved(wanted));
  return (
    <>
      <ProjectSelect value={wanted} onChange={setWanted} error={moving.error ? messageOf(moving.error) : undefined} />
      {wanted !== projectId && (
        <Group gap="xs" mt={-8}>
          <Button size="xs" loading={moving.isPending} onClick={() => moving.mutate(wanted)}>
            {t('Move it there')}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setWanted(projectId);
              moving.reset();
            }}
          >
            {t('Cancel')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** What holds for all runs of the workflow: how long one may take, how many at once, how urgent they are. */
export function WorkflowPanel({ projectId, onMoved, onClose }: WorkflowPanelProps) {
  const { model, problems, workflowId } = useDesigner();
  const mayEdit = useMay('workflow:edit');
  useModelState(model);
  const settings = readRunSettings(model.modeler);
  const root = model.modeler.get('canvas').getRootElement().id;
  const write = (change: Partial<RunSettings>): void => model.edit(`runs.${Object.keys(change).join()}`, (modeler) => setRunSettings(modeler, change));
  return (
    <aside className="panel" aria-label={t('Workflow settings')}>
      <header className="panel-head">
        <IconAdjustments size={24} aria-hidden />
        <Title order={2} size="15px" flex={1}>
          {t('Workflow settings')}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t('Close panel')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className="panel-body">
        <ProblemList problems={problems.filter(({ elementId }: Problem) => elementId === root)} />
        <Stack gap="lg">
          {mayEdit && <Belongs workflowId={workflowId} projectId={projectId} onMoved={onMoved} />}
          <Text size="sm" c="dimmed">
            {t('What holds for all runs of this workflow, from the next version on.')}
          </Text>
          <TextInput
            label={t('A run may take')}
            description={[t('One that takes longer fails with RUN_TIMEOUT. Empty: as long as it needs.'), describeDuration(settings.timeout)].filter(Boolean).join(' · ')}
            placeholder="P1D"
            value={settings.timeout}
            error={durationError(settings.timeout)}
            onChange={(event) => write({ timeout: event.currentTarget.value })}
            data-testid="field-run-timeout"
          />
          <WholeNumber label={t('Runs at once')} description={t('Further ones are accepted and wait for a free place. Empty: no limit.')} placeholder={t('No limit')} min={1} max={MOST} value={settings.concurrency} onChange={(concurrency) => write({ concurrency })} testId="field-concurrency" />
          <Rate settings={settings} write={write} />
          <Select
            label={t('Priority')}
            description={t('Which of the runs that wait for a place begins first. A step of priority is worth a minute of waiting.')}
            data={PRIORITIES}
            value={settings.priority || '5'}
            onChange={(value) => write({ priority: value === '5' || value === null ? '' : value })}
            allowDeselect={false}
            data-testid="field-priority"
          />
        </Stack>
      </div>
    </aside>
  );
}

/** How many runs may begin within a time. */
function Rate({ settings, write }: { settings: RunSettings; write(change: Partial<RunSettings>): void }) {
  const wrong = settings.rate ? durationError(settings.window) : undefined;
  return (
    <div>
      <Group grow align="flex-end" gap="sm">
        <WholeNumber label={t('Runs that begin')} placeholder={t('No limit')} min={1} max={MOST} value={settings.rate} onChange={(rate) => write({ rate })} testId="field-rate" />
        <TextInput label={t('Within')} placeholder="PT1M" disabled={!settings.rate} value={settings.rate ? settings.window : ''} error={wrong !== undefined} onChange={(event) => write({ window: event.currentTarget.value })} data-testid="field-window" />
      </Group>
      <Text size="xs" mt={4} c={wrong ? 'var(--mantine-color-error)' : 'dimmed'}>
        {wrong ?? ([settings.rate && describeDuration(settings.window), t('At most a day: as PT1M, PT1H or P1D. Further runs wait for their turn.')].filter(Boolean).join(' · '))}
      </Text>
    </div>
  );
}
