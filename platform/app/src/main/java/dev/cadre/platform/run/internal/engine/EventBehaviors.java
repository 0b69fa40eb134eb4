package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Transition;
import java.util.Collection;
import java.util.List;
import org.flowable.bpmn.model.BaseElement;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.IntermediateCatchEvent;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.BoundaryEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.IntermediateCatchEventActivityBehavior;
import org.flowable.engine.impl.bpmn.parser.BpmnParse;
import org.flowable.engine.parse.BpmnParseHandler;

/**
 * Gives events that wait the behavior of a step: their wait is a task of the journal, not a job or a subscription of the
 * engine.
 */
final class EventBehaviors implements BpmnParseHandler {

    @Override
    public Collection<Class<? extends BaseElement>> getHandledTypes() {
        return List.of(BoundaryEvent.class, IntermediateCatchEvent.class);
    }

    @Override
    public void parse(BpmnParse parse, BaseElement element) {
        switch (element) {
            case BoundaryEvent boundary
            when boundary.getEventDefinitions().getFirst() instanceof SignalEventDefinition ->
                boundary.setBehavior(new WaitingBoundary(boundary.isCancelActivity()));
            case IntermediateCatchEvent event -> event.setBehavior(new RacingEvent());
            default -> {
                // Errors and escalations find their boundary by the engine's own means.
            }
        }
    }

    /** Waits beside an activity. One that does not interrupt it waits again for the next message or signal. */
    private static final class WaitingBoundary extends BoundaryEventActivityBehavior {

        WaitingBoundary(boolean interrupting) {
            super(interrupting);
        }

        @Override
        public void execute(DelegateExecution execution) {
            Behaviors.go(execution, Behaviors.reach(execution), () -> happen(execution));
        }

        @Override
        public void trigger(DelegateExecution execution, String name, Object data) {
            Behaviors.go(execution, Behaviors.triggered(execution), () -> happen(execution));
        }

        private void happen(DelegateExecution execution) {
            var id = execution.getCurrentActivityId();
            super.trigger(execution, null, null);
            if (!isInterrupting() && Transition.current().run().plan().happensAgain(id)) {
                execute(execution);
            }
        }
    }

    /** Waits behind an event-based gateway: the first one takes the token, the others are over. */
    private static final class RacingEvent extends IntermediateCatchEventActivityBehavior {

        @Override
        public void execute(DelegateExecution execution) {
            Behaviors.go(execution, Behaviors.reach(execution), () -> leaveIntermediateCatchEvent(execution));
        }

        @Override
        public void trigger(DelegateExecution execution, String name, Object data) {
            Behaviors.go(execution, Behaviors.triggered(execution), () -> leaveIntermediateCatchEvent(execution));
        }
    }
}
