import { Badge } from '@mantine/core';
import type { RunStatus } from '../../api/types';
import { t } from '../../i18n';

const LOOK: Record<RunStatus, { color: string; label: string }> = {
  queued: { color: 'gray', label: 'Queued' },
  running: { color: 'blue', label: 'Running' },
  waiting: { color: 'orange', label: 'Waiting' },
  succeeded: { color: 'teal', label: 'Succeeded' },
  failed: { color: 'red', label: 'Failed' },
  cancelled: { color: 'gray', label: 'Cancelled' },
};

export function StatusBadge({ status }: { status: RunStatus }) {
  const { color, label } = LOOK[status];
  return (
    <Badge
      color={color}
      variant="light"
      style={{ flex: 'none', color: `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-2))` }}
    >
      {t(label)}
    </Badge>
  );
}

export const isOver = (status: RunStatus): boolean => status === 'succeeded' || status === 'failed' || status === 'cancelled';
