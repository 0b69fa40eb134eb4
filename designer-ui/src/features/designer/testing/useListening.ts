import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { fetchLatestRuns, listen, stopListening } from '../api/calls';
import { listenToEvents, type LiveEvent } from '../../../api/events';
import { ApiProblem } from '../../../api/http';
import type { Listening as ListeningAddress } from '../../../api/types';
import { t } from '../../../i18n';

export interface Listening {
  active: ListeningAddress | undefined;
  starting: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 2500;

/** Waits for one call of the draft's webhook. */
export function useListening(workflowId: string, save: () => Promise<string | undefined>, onRun: (runId: string) => void): Listening {
  const [active, setActive] = useState<ListeningAddress & { lastRun: string | undefined }>();
  const [starting, setStarting] = useState(false);

  useEffect(() => {
    if (!active) return undefined;
    const arrived = (runId: string): void => {
      setActive(undefined);
      onRun(runId);
    };
    const onEvent = (event: LiveEvent): void => {
      if (event.workflowId !== workflowId) return;
      if (event.type === 'listen-ended') {
        setActive(undefined);
        notifications.show({ color: 'orange', title: t('Not listening any more'), message: whyEnded(event) });
      } else if (event.runId && event.runId !== active.lastRun) arrived(event.runId);
    };
    const close = listenToEvents({ onEvent });
    const poll = setInterval(() => {
      void fetchLatestRuns(workflowId).then(([run]) => {
        if (run && run.id !== active.lastRun) arrived(run.id);
      });
    }, POLL_MS);
    const expiry = setTimeout(() => setActive(undefined), Math.max(0, Date.parse(active.expiresAt) - Date.now()));
    return () => {
      close();
      clearInterval(poll);
      clearTimeout(expiry);
    };
  }, [active, workflowId, onRun]);

  const begin = async (takeOver: boolean): Promise<void> => {
    setStarting(true);
    try {
      if ((await save()) === undefined) return;
      const [last] = await fetchLatestRuns(workflowId);
      setActive({ ...(await listen(workflowId, takeOver)), lastRun: last?.id });
    } catch (error) {
      const taken = takenByColleague(error);
      if (taken) {
        modals.openConfirmModal({
          title: t('Take over?'),
          centered: true,
          children: t('{{taken}} If you take over, they are told.', { taken }),
          labels: { confirm: t('Take over'), cancel: t('Wait') },
          onConfirm: () => void begin(true),
        });
        return;
      }
      notifications.show({ color: 'red', title: t('Not listening'), message: error instanceof Error ? error.message : t('Try again.') });
    } finally {
      setStarting(false);
    }
  };
  const stop = async (): Promise<void> => {
    setActive(undefined);
    await stopListening(workflowId).catch(() => undefined);
  };
  return { active, starting, start: () => begin(false), stop };
}

/** Who else listens at the path, as a sentence; undefined for every other error. */
export function takenByColleague(error: unknown): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'webhook-listening-taken') return undefined;
  const { listener, workflowName } = error.members;
  return typeof listener === 'string' ? t('{{listener}} listens at this path for the workflow “{{workflow}}”.', { listener, workflow: String(workflowName) }) : undefined;
}

export function whyEnded({ status, by }: Pick<LiveEvent, 'status' | 'by'>): string {
  const who = by ?? t('Somebody');
  if (status === 'taken-over') return t('{{who}} has taken this path over for another workflow.', { who });
  return status === 'deleted' ? t('The workflow was deleted.') : t('{{who}} stopped it.', { who });
}
