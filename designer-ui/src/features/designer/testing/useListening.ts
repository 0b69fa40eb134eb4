import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { fetchLatestRuns, listen, stopListening } from '../api/calls';
import { listenToEvents } from '../api/events';
import type { Listening as ListeningAddress } from '../api/types';

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
    const close = listenToEvents((event) => {
      if (event.workflowId === workflowId && event.runId && event.runId !== active.lastRun) arrived(event.runId);
    });
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

  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      if ((await save()) === undefined) return;
      const [last] = await fetchLatestRuns(workflowId);
      setActive({ ...(await listen(workflowId)), lastRun: last?.id });
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not listening', message: error instanceof Error ? error.message : 'Try again.' });
    } finally {
      setStarting(false);
    }
  };
  const stop = async (): Promise<void> => {
    setActive(undefined);
    await stopListening(workflowId).catch(() => undefined);
  };
  return { active, starting, start, stop };
}
