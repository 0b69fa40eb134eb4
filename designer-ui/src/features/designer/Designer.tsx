import { useEffect, useState } from 'react';
import { WorkflowModel } from './canvas/WorkflowModel';
import './designer.css';
import type { DesignerProps } from './DesignerProps';
import { DesignerWorkspace } from './DesignerWorkspace';

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
