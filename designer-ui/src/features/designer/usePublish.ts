import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { publishWorkflow, validate } from './api/calls';
import { ApiProblem } from './api/http';
import type { Problem } from './api/types';
import type { WorkflowModel } from './canvas/WorkflowModel';
import type { Saving } from './save/useSave';

export interface Publishing {
  /** What is to be shown before it can go on. */
  problems: Problem[] | undefined;
  begin(): void;
  publish(): Promise<void>;
  cancel(): void;
}

/** Publishes what is drawn: saved first, and never with errors. */
export function usePublish(model: WorkflowModel, saving: Saving, known: Problem[], unsaved: boolean): Publishing {
  const [problems, setProblems] = useState<Problem[]>();
  const queries = useQueryClient();

  const publish = async (): Promise<void> => {
    setProblems(undefined);
    if (unsaved && (await saving.save()) === undefined) return;
    try {
      const { data } = await publishWorkflow(saving.workflow.id);
      saving.updated({ publishedVersion: data.publishedVersion, changesNotLive: false });
      notifications.show({ color: 'teal', title: 'Published', message: `Version ${data.publishedVersion} is live.` });
      void queries.invalidateQueries({ queryKey: ['workflows'] });
      void queries.invalidateQueries({ queryKey: ['triggers'] });
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'workflow-invalid') setProblems(await validate(await model.xml()));
      else notifications.show({ color: 'red', title: 'Not published', message: error instanceof Error ? error.message : 'Try again.' });
    }
  };

  const begin = (): void => {
    if (known.length > 0) setProblems(known);
    else void publish();
  };
  return { problems, begin, publish, cancel: () => setProblems(undefined) };
}
