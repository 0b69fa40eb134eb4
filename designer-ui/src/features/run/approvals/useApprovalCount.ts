import { useQueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../../api/events';
import { useMay } from '../../../api/useMe';
import { useLive } from '../useLive';
import { APPROVALS, useOpenApprovals, type Approval } from './calls';

const WITH_LINE_MS = 60_000;
const WITHOUT_LINE_MS = 10_000;
const OVER = ['succeeded', 'failed', 'cancelled'];

/** How many approvals wait for the signed-in person, none where they may not see runs, as `3` or `99+`; keeps every list of approvals fresh. */
export function useApprovalCount(): string | null {
  const queries = useQueryClient();
  const mayRead = useMay('run:read');
  const refresh = (): void => void queries.invalidateQueries({ queryKey: APPROVALS }, { cancelRefetch: false });
  const live = useLive(refresh, undefined, (event) => isAboutApprovals(event, open.data?.items ?? []), mayRead);
  const open = useOpenApprovals(live ? WITH_LINE_MS : WITHOUT_LINE_MS, mayRead);
  const mine = open.data?.items.filter(({ canDecide }) => canDecide).length ?? 0;
  if (mine === 0) return null;
  return open.data?.nextCursor ? `${Math.min(mine, 99)}+` : String(mine);
}

/** Something begins to wait, or something happened to what is open or to its run. */
export function isAboutApprovals({ type, status, taskId, runId }: LiveEvent, open: readonly Pick<Approval, 'id' | 'runId'>[]): boolean {
  if (type === 'task') return status === 'waiting' || open.some(({ id }) => id === taskId);
  return type === 'run' && OVER.includes(status ?? '') && open.some((each) => each.runId === runId);
}
