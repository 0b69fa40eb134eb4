import { service, type Modeler } from './services';

const BATCH = 'cadre.batch';

/** Undo and redo take the commands that this runs as one step. */
class BatchHandler {
  preExecute(context: { run: () => void }): void {
    context.run();
  }
}

export function registerBatch(modeler: Modeler): void {
  service(modeler, 'commandStack').registerHandler(BATCH, BatchHandler);
}

export function batch(modeler: Modeler, run: () => void): void {
  service(modeler, 'commandStack').execute(BATCH, { run });
}
