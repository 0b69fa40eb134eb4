package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.GroupItems;
import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.workflow.Node;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.NoneEndEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.ParallelMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.behavior.ReceiveTaskActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.SequentialMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.behavior.TerminateEndEventActivityBehavior;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.bpmn.helper.EscalationPropagation;
import org.flowable.engine.impl.bpmn.parser.factory.DefaultActivityBehaviorFactory;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;

/** What the compiled elements do: every effect goes through the current {@link Transition}. */
final class Behaviors extends DefaultActivityBehaviorFactory {

    @Override
    public ReceiveTaskActivityBehavior createReceiveTaskActivityBehavior(ReceiveTask task) {
        return new StepBehavior(task.getId());
    }

    @Override
    public NoneEndEventActivityBehavior createNoneEndEventActivityBehavior(EndEvent endEvent) {
        return new EndBehavior();
    }

    @Override
    public ParallelMultiInstanceBehavior createParallelMultiInstanceBehavior(
            Activity activity, AbstractBpmnActivityBehavior inner) {
        return new EachBehaviors.Parallel(activity, inner);
    }

    @Override
    public SequentialMultiInstanceBehavior createSequentialMultiInstanceBehavior(
            Activity activity, AbstractBpmnActivityBehavior inner) {
        return new EachBehaviors.Sequential(activity, inner);
    }

    /** Reaches the element that an execution stands at. */
    static Transition.Outcome reach(DelegateExecution execution) {
        return Transition.current()
                .reach(execution.getCurrentActivityId(), Iterations.of((ExecutionEntity) execution), execution.getId());
    }

    /** What the task of a waiting execution came to; it is reached once more where a person asked for that. */
    static Transition.Outcome triggered(DelegateExecution execution) {
        var outcome = Transition.current().outcome();
        return outcome instanceof Transition.Outcome.Again ? reach(execution) : outcome;
    }

    /** Does with an execution as the outcome says; {@code leave} is how it goes on. */
    static void go(DelegateExecution execution, Transition.Outcome outcome, Runnable leave) {
        switch (outcome) {
            case Transition.Outcome.Leave _ -> leave.run();
            case Transition.Outcome.Branch branch -> ErrorPropagation.propagateError(branch.code(), execution);
            case Transition.Outcome.Escalate escalate -> {
                EscalationPropagation.propagateEscalation(escalate.code(), escalate.code(), execution);
                leave.run();
            }
            case Transition.Outcome.Wait _, Transition.Outcome.Again _ -> {
                // Stays here until its task is done.
            }
        }
    }

    /** A step: goes on at once when it is instant, waits for {@link #trigger} when it is durable. */
    private static final class StepBehavior extends ReceiveTaskActivityBehavior {

        StepBehavior(String elementId) {
            super(elementId, null);
        }

        @Override
        public void execute(DelegateExecution execution) {
            go(execution, reach(execution), () -> leave(execution));
        }

        @Override
        public void trigger(DelegateExecution execution, String signal, Object data) {
            go(execution, triggered(execution), () -> leave(execution));
        }
    }

    private static final class EndBehavior extends NoneEndEventActivityBehavior {

        @Override
        public void execute(DelegateExecution execution) {
            var id = execution.getCurrentActivityId();
            var iteration = Iterations.of((ExecutionEntity) execution);
            var transition = Transition.current();
            if (Drawn.isDrawn(id)) {
                Drawn.groupOfFailed(id).ifPresent(group -> GroupItems.failed(transition, group, iteration));
                Drawn.groupOfDone(id).ifPresent(group -> GroupItems.done(transition, group, iteration));
                super.execute(execution);
                return;
            }
            var ending = transition.end(id, iteration);
            switch (ending) {
                case Node.Ending.Plain _ -> super.execute(execution);
                case Node.Ending.Error error -> ErrorPropagation.propagateError(error.code(), execution);
                case Node.Ending.Escalation escalation -> {
                    EscalationPropagation.propagateEscalation(escalation.code(), escalation.code(), execution);
                    super.execute(execution);
                }
                case Node.Ending.Terminate _ -> {
                    var terminate = new TerminateEndEventActivityBehavior();
                    terminate.setTerminateAll(transition.run().plan().around(id).isEmpty());
                    terminate.execute(execution);
                }
            }
        }
    }
}
