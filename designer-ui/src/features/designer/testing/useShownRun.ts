import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { clearRun, showRun, toRunState } from '../../../diagram';
import { isTrigger } from '../../../diagram/dialect';
import { fetchRun, fetchTasks } from '../api/calls';
import { listenToEvents } from '../../../api/events';
import type { Run, Task } from '../../../api/types';
import type { WorkflowModel } from '../canvas/WorkflowModel';
import type { StepData } from '../state/StepData';

export interface ShownRun {
  run: Run | undefined;
  show(runId: string): void;
  hide(): void;
}

const FINAL = new Set(['succeeded', 'failed', 'cancelled']);
const POLL_MS = 1500;

/** A test run drawn on the canvas while it happens; what it gave becomes the data of its steps. */
export function useShownRun(model: WorkflowModel | undefined, data: StepData): ShownRun {
  const [runId, setRunId] = useState<string>();
  const query = useQuery({
    queryKey: ['designer-run', runId],
    enabled: runId !== undefined,
    queryFn: async () => {
      const [run, tasks] = await Promise.all([fetchRun(runId ?? ''), fetchTasks(runId ?? '')]);
      return { run, tasks };
    },
    refetchInterval: ({ state }) => (state.data && FINAL.has(state.data.run.status) ? false : POLL_MS),
  });
  const { refetch } = query;
  const shown = runId ? query.data : undefined;

  useEffect(() => {
    if (!runId) return undefined;
    return listenToEvents({
      onEvent: (event) => {
        if (event.runId === runId) void refetch();
      },
    });
  }, [runId, refetch]);

  useEffect(() => {
    if (!model || !shown) return undefined;
    showRun(model.modeler, model.catalogue, toRunState(shown.tasks, shown.run.path ?? []));
    if (FINAL.has(shown.run.status)) data.recordRun(outputsOf(model, shown.run, shown.tasks));
    return () => clearRun(model.modeler);
  }, [model, shown, data]);

  return { run: shown?.run, show: setRunId, hide: () => setRunId(undefined) };
}

/** What each step gave; the iterations of a for-each as a list. */
export function outputsOf(model: WorkflowModel, run: Run, tasks: Task[]): Map<string, unknown> {
  const outputs = new Map<string, unknown>();
  const start = model.elements().find((element) => isTrigger(element.businessObject));
  if (start) outputs.set(start.id, run.input);
  for (const element of model.elements()) {
    const own = tasks.filter((task) => task.elementId === element.id && task.status === 'succeeded');
    const [only] = own;
    if (only) outputs.set(element.id, element.businessObject.loopCharacteristics ? own.map((task) => task.output) : only.output);
  }
  return outputs;
}
