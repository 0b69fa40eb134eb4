import { createContext, useContext, useSyncExternalStore } from 'react';
import type { StepCatalogue } from '../../../diagram';
import type { ModelState, WorkflowModel } from '../canvas/WorkflowModel';
import type { Connection, Model, Problem } from '../../../api/types';
import type { Listening } from '../testing/useListening';
import type { StepData } from './StepData';

/** What every part of the designer's page works on. */
export interface DesignerContextValue {
  workflowId: string;
  workflowName: string;
  model: WorkflowModel;
  catalogue: StepCatalogue;
  data: StepData;
  connections: Connection[];
  models: Model[];
  problems: Problem[];
  published: number | null;
  listening: Listening;
  /** Shows an element, or the settings of the workflow where it is the process itself. */
  show(elementId: string | null): void;
}

const Context = createContext<DesignerContextValue | undefined>(undefined);

export const DesignerProvider = Context.Provider;

export function useDesigner(): DesignerContextValue {
  const value = useContext(Context);
  if (!value) throw new Error('outside of the designer');
  return value;
}

export function useModelState(model: WorkflowModel): ModelState {
  return useSyncExternalStore(model.subscribe, model.snapshot);
}

export function useStepData(data: StepData): number {
  return useSyncExternalStore(data.subscribe, data.snapshot);
}
