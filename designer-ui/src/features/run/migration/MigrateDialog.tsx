import { Alert, Button, Group, List, Loader, Modal, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorState } from '../../../components/ui';
import { t } from '../../../i18n';
import { useMigrate, usePreview, useVersions, type Migration } from './calls';

interface Props {
  workflowId: string;
  /** The runs to move; null for all of the workflow that have not ended. */
  runIds: string[] | null;
  onClose: () => void;
}

/** Moves runs to another version of their workflow, after showing where each would stand. */
export function MigrateDialog({ workflowId, runIds, onClose }: Props) {
  const versions = useVersions(workflowId);
  const [chosen, setChosen] = useState<number | null>(null);
  const newest = versions.data?.[0]?.version ?? null;
  const version = chosen ?? newest;
  const preview = usePreview(workflowId, version, runIds);
  const migrate = useMigrate(workflowId, onClose);
  const movable = (preview.data ?? []).filter((run) => run.problems.length === 0);
  const failure = versions.error ?? preview.error;
  return (
    <Modal opened onClose={onClose} title={t('Move to another version')} size="lg" closeButtonProps={{ 'aria-label': t('Close') }}>
      <Stack>
        <Select
          label={t('Version')}
          description={t('What was finished is kept. A run that would lose something stays where it is.')}
          allowDeselect={false}
          data={(versions.data ?? []).map((one) => ({ value: String(one.version), label: `v${one.version}` }))}
          value={version === null ? null : String(version)}
          onChange={(value) => setChosen(Number(value))}
        />
        {failure && <ErrorState error={failure} />}
        {preview.isFetching && <Loader size="sm" aria-label={t('Looking at the runs')} />}
        {versions.data?.length === 0 && <Text>{t('The workflow has no published version.')}</Text>}
        {preview.data?.length === 0 && <Text>{t('No run is under way on another version.')}</Text>}
        {preview.data?.map((run) => <PreviewRow key={run.runId} run={run} />)}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Close')}
          </Button>
          <Button
            disabled={version === null || movable.length === 0 || preview.isFetching}
            loading={migrate.isPending}
            onClick={() => version !== null && migrate.mutate({ toVersion: version, runIds: movable.map((run) => run.runId) })}
          >
            {t('Move {{count}} of {{all}}', { count: movable.length, all: preview.data?.length ?? 0 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function PreviewRow({ run }: { run: Migration }) {
  const fits = run.problems.length === 0;
  return (
    <Alert
      variant="light"
      color={fits ? 'teal' : 'red'}
      icon={fits ? <IconCircleCheck aria-hidden /> : <IconCircleX aria-hidden />}
      title={t('Run {{id}}, version {{version}}', { id: run.runId.slice(-8), version: run.fromVersion ?? t('Draft') })}
    >
      <List size="sm" listStyleType="none">
        {run.elements.map((element) => (
          <List.Item key={element.elementId}>
            <Group gap={6} wrap="nowrap">
              <span>{element.name}</span>
              <IconArrowRight size={14} aria-label={t('goes on at')} />
              <span>{element.targetName ?? t('nothing')}</span>
            </Group>
          </List.Item>
        ))}
      </List>
      {run.problems.map((problem) => (
        <Text key={problem} size="sm">
          {problem}
        </Text>
      ))}
      {run.warnings.map((warning) => (
        <Group key={warning} gap={6} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={14} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
          <Text size="sm">{warning}</Text>
        </Group>
      ))}
    </Alert>
  );
}
