import { Badge } from '@mantine/core';
import type { RunStatus } from '../../api/types';
import { t } from '../../i18n';

const LOOK: Record<RunStatus, { color: string; ink: string; label: string }> = {
  queued: { color: 'gray', ink: '#494c5a', label: 'Queued' },
  running: { color: 'blue', ink: '#0b4f8a', label: 'Running' },
  waiting: { color: 'orange', ink: '#8a3b00', label: 'Waiting' },
  succeeded: { color: 'teal', ink: '#0a5740', label: 'Succeeded' },
  failed: { color: 'red', ink: '#a31226', label: 'Failed' },
  cancelled: { color: 'gray', ink: '#494c5a', label: 'Cancelled' },
};

export function StatusBadge({ status }: { status: RunStatus }) {
  const { color, ink, label } = LOOK[status];
  return (
    <Badge
      color={color}
      variant="light"
      style={{ flex: 'none', color: `light-dark(${ink}, var(--mantine-color-${color}-2))` }}
    >
      {t(label)}
    </Badge>
  );
}

export const isOver = (status: RunStatus): boolean => status === 'succeeded' || status === 'failed' || status === 'cancelled';
