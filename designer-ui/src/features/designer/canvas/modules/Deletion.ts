import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import { eventOf, type DiagramElement, type EventBus } from '../../../../diagram';
import { removeUnused } from '../events';
import { undoStepOf } from '../places';
import type { Modeler } from '../services';

interface Deletion {
  elements: DiagramElement[];
}

/**
 * Lets go with an element what has no sense without it: the step that undoes it, and the messages, signals, errors and
 * escalations that nothing else in the file speaks of.
 */
export class DeletionBehavior extends CommandInterceptor {
  static override readonly $inject = ['eventBus', 'bpmnjs'];

  constructor(eventBus: EventBus, modeler: Modeler) {
    super(eventBus as never);
    const takeUndoStepsAlong = (context: Deletion): void => {
      const events = context.elements.flatMap((element) => [element, ...(element.attachers ?? [])]).filter((event) => event.businessObject && eventOf(event.businessObject)?.kind === 'compensation' && event.host);
      const steps = events.map(undoStepOf).filter((step) => step !== undefined);
      context.elements = [...new Set([...context.elements, ...steps])];
    };
    const removeDefinitions = ({ elements }: Deletion): void => {
      // a step takes the events on it along
      if (elements.some((element) => /(Event|Task|SubProcess|CallActivity)$/.test(element.type))) removeUnused(modeler, modeler.get('canvas').getRootElement());
    };
    this.preExecute('elements.delete', takeUndoStepsAlong as never, true);
    this.postExecuted('elements.delete', removeDefinitions as never, true);
  }
}
