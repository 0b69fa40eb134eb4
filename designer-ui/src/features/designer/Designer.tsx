import { useEffect, useState } from 'react';
import type { StepCatalogue } from '../../diagram';
import type { Answer } from './api/http';
import type { Connection, Model, Workflow } from './api/types';
import { WorkflowModel } from './canvas/WorkflowModel';
import './designer.css';
import { DesignerWorkspace } from './DesignerWorkspace';

export interface DesignerProps {
  initial: Answer<Workflow>;
  catalogue: StepCatalogue;
  connections: Connection[];
  models: Model[];
}

/** The page on which a workflow is drawn, tried and published. */
export function Designer(props: DesignerProps) {
  const [model, setModel] = useState<WorkflowModel>();
  useEffect(() => {
    const created = new WorkflowModel(props.catalogue);
    setModel(created);
    return () => {
      setModel(undefined);
      created.destroy();
    };
  }, [props.catalogue]);
  return <div className="designer">{model && <DesignerWorkspace {...props} model={model} />}</div>;
}
