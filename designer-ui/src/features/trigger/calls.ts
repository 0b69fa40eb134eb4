import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { every } from '../../api/allowance';
import { get, post } from '../../api/http';
import type { components } from '../../api/schema';
import type { Run } from '../../api/types';
import { notifyDone, notifyFailure } from '../../components/ui';
import { t } from '../../i18n';

type Trigger = components['schemas']['ArmedTrigger'];
type TriggerPage = components['schemas']['PageOfArmedTrigger'];

export type Schedule = Trigger & { schedule: NonNullable<Trigger['schedule']> };

const TRIGGERS = ['triggers'] as const;
const REFRESH_MS = 5_000;

const isSchedule = (trigger: Trigger): trigger is Schedule => trigger.schedule !== null && trigger.schedule !== undefined;

/** The published schedules, the one that fires next first; asked for again and again, since they move by themselves. */
export function useSchedules() {
  return useQuery({
    queryKey: [...TRIGGERS, 'schedules'],
    queryFn: async ({ signal }) => {
      const { items } = await get<TriggerPage>('/api/v1/triggers', signal);
      return items.filter(isSchedule).sort((a, b) => (a.nextFireAt ?? '9').localeCompare(b.nextFireAt ?? '9'));
    },
    refetchInterval: every(REFRESH_MS),
  });
}

/** Pauses a schedule or goes on with it. */
export function usePause({ workflowId, workflowName, schedule }: Schedule) {
  const queries = useQueryClient();
  const paused = Boolean(schedule.pausedAt);
  return useMutation({
    mutationFn: () => post(`/api/v1/triggers/schedules/${workflowId}/${paused ? 'resume' : 'pause'}`),
    onSuccess: () => notifyDone(paused ? t('{{name}} goes on.', { name: workflowName }) : t('{{name}} is paused.', { name: workflowName })),
    onError: notifyFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: TRIGGERS }),
  });
}

/** Starts a run now, as if the time had come. */
export function useRunNow(workflowId: string, then: (run: Run) => void) {
  return useMutation({
    mutationFn: () => post<{ run: Run }>(`/api/v1/workflows/${workflowId}/run`, {}),
    onSuccess: ({ run }) => then(run),
    onError: notifyFailure,
  });
}
