import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../i18n';
import { publishWorkflow } from './api/calls';
import { ApiProblem } from '../../api/http';
import type { Problem } from '../../api/types';
import type { Problems } from './problems/useProblems';
import type { Saving } from './save/useSave';

export interface Publishing {
  /** What is to be shown before it can go on. */
  problems: Problem[] | undefined;
  busy: boolean;
  begin(): Promise<void>;
  publish(): Promise<void>;
  cancel(): void;
}

/** Publishes what is drawn: saved first, and never with errors. */
export function usePublish(saving: Saving, { check }: Problems, unsaved: boolean): Publishing {
  const [problems, setProblems] = useState<Problem[]>();
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();

  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'workflow-invalid') setProblems(await check());
      else notifications.show({ color: 'red', title: t('Not published'), message: error instanceof Error ? error.message : t('Try again.') });
    } finally {
      setBusy(false);
    }
  };

  const goLive = async (): Promise<void> => {
    setProblems(undefined);
    if (unsaved && (await saving.save()) === undefined) return;
    const { publishedVersion } = await publishWorkflow(saving.workflow.id);
    saving.updated({ publishedVersion, changesNotLive: false });
    notifications.show({ color: 'teal', title: t('Published'), message: t('Version {{publishedVersion}} is live.', { publishedVersion }) });
    void queries.invalidateQueries({ queryKey: ['workflows'] });
    void queries.invalidateQueries({ queryKey: ['triggers'] });
  };

  const checkFirst = async (): Promise<void> => {
    const found = await check();
    if (found.length > 0) setProblems(found);
    else await goLive();
  };

  return { problems, busy, begin: () => working(checkFirst), publish: () => working(goLive), cancel: () => setProblems(undefined) };
}
