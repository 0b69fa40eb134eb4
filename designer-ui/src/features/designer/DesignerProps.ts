import type { StepCatalogue } from '../../diagram';
import type { Answer } from '../../api/http';
import type { Connection, Model, Workflow } from '../../api/types';

/** What the designer works on. */
export interface DesignerProps {
  initial: Answer<Workflow>;
  catalogue: StepCatalogue;
  connections: Connection[];
  models: Model[];
}
