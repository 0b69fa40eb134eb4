import { notifications } from '@mantine/notifications';
import { useCallback, useRef, useState } from 'react';
import { createWorkflow, fetchWorkflow, saveWorkflow } from '../api/calls';
import { ApiProblem, type Answer } from '../../../api/http';
import type { Workflow } from '../../../api/types';
import { t } from '../../../i18n';
import type { WorkflowModel } from '../canvas/WorkflowModel';

export interface Saving {
  workflow: Workflow;
  name: string;
  rename(name: string): void;
  renamed: boolean;
  busy: boolean;
  /** Somebody else saved since this was read. */
  conflict: boolean;
  save(): Promise<string | undefined>;
  overwrite(): Promise<string | undefined>;
  reload(): Promise<void>;
  keepAsCopy(): Promise<Workflow | undefined>;
  dismiss(): void;
  updated(change: Partial<Workflow>): void;
}

/** Keeps what is drawn on the server, and sees when two people save the same workflow. */
export function useSave(model: WorkflowModel | undefined, initial: Answer<Workflow>): Saving {
  const [workflow, setWorkflow] = useState(initial.data);
  const [name, setName] = useState(initial.data.name);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState(false);
  const etag = useRef(initial.etag ?? `"${initial.data.revision}"`);

  const put = useCallback(
    async (match: string): Promise<string | undefined> => {
      if (!model) return undefined;
      setBusy(true);
      try {
        const bpmnXml = await model.xml();
        const answer = await saveWorkflow(workflow.id, match, { name: name.trim() || workflow.name, description: workflow.description, bpmnXml });
        etag.current = answer.etag ?? `"${answer.data.revision}"`;
        setWorkflow(answer.data);
        setName(answer.data.name);
        setConflict(false);
        model.markSaved();
        return bpmnXml;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 412) setConflict(true);
        else notifications.show({ color: 'red', title: t('Not saved'), message: error instanceof Error ? error.message : t('Try again.') });
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [model, workflow, name],
  );

  const reload = async (): Promise<void> => {
    const answer = await fetchWorkflow(workflow.id);
    etag.current = answer.etag ?? `"${answer.data.revision}"`;
    setWorkflow(answer.data);
    setName(answer.data.name);
    await model?.load(answer.data.bpmnXml);
    setConflict(false);
  };

  return {
    workflow,
    name,
    rename: setName,
    renamed: name.trim() !== workflow.name && name.trim() !== '',
    busy,
    conflict,
    save: () => put(etag.current),
    overwrite: async () => {
      const current = await fetchWorkflow(workflow.id);
      return put(current.etag ?? `"${current.data.revision}"`);
    },
    reload,
    keepAsCopy: async () => {
      if (!model) return undefined;
      const copy = await createWorkflow({ name: `${name} (copy)`, description: workflow.description, bpmnXml: await model.xml(), projectId: workflow.projectId });
      model.markSaved();
      setConflict(false);
      return copy;
    },
    dismiss: () => setConflict(false),
    updated: (change) => setWorkflow((known) => ({ ...known, ...change })),
  };
}
