import { ActionIcon, Badge, Button, Loader, Paper, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatDuration } from '../../../lib/format';
import type { Run } from '../../../api/types';
import { t } from '../../../i18n';

const COLOURS: Record<string, string> = { succeeded: 'teal.9', failed: 'red.8', cancelled: 'gray.7', waiting: 'orange.9' };

/** How the run on the canvas goes. */
export function RunBar({ run, onClose }: { run: Run; onClose(): void }) {
  const going = run.status === 'running' || run.status === 'queued';
  return (
    <Paper className="run-bar" withBorder shadow="md" radius="lg" role="status" aria-label={t('Test run')} data-testid="run-bar">
      {going && <Loader size={15} />}
      <Badge color={COLOURS[run.status] ?? 'blue.8'} variant="filled" style={{ flex: 'none' }}>
        {run.status}
      </Badge>
      <Text size="sm" truncate title={run.error?.message}>
        {run.error?.message ?? (run.status === 'succeeded' ? summaryOf(run.output) : t('Test run'))}
      </Text>
      {typeof run.durationMs === 'number' && (
        <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
          {formatDuration(run.durationMs)}
        </Text>
      )}
      <Button component={Link} to={`/runs/${run.id}`} size="compact-sm" variant="subtle" style={{ flex: 'none' }}>
        {t('Open run')}
      </Button>
      <ActionIcon variant="subtle" color="gray" aria-label={t('Hide run')} onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </Paper>
  );
}

function summaryOf(output: unknown): string {
  if (output === null || output === undefined) return t('Done');
  const text = JSON.stringify(output);
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}
