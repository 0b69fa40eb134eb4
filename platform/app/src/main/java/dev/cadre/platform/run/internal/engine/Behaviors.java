package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Transition;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.NoneEndEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.ParallelMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.behavior.ReceiveTaskActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.SequentialMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.bpmn.parser.factory.DefaultActivityBehaviorFactory;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.ExecutionGraphUtil;

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
        return new ParallelEach(activity, inner);
    }

    @Override
    public SequentialMultiInstanceBehavior createSequentialMultiInstanceBehavior(
            Activity activity, AbstractBpmnActivityBehavior inner) {
        return new SequentialEach(activity, inner);
    }

    /** A step: goes on at once when it is instant, waits for {@link #trigger} when it is durable. */
    private static final class StepBehavior extends ReceiveTaskActivityBehavior {

        StepBehavior(String elementId) {
            super(elementId, null);
        }

        @Override
        public void execute(DelegateExecution execution) {
            var reached = Transition.current()
                    .reach(
                            execution.getCurrentActivityId(),
                            Iterations.of((ExecutionEntity) execution),
                            execution.getId());
            go(execution, reached);
        }

        @Override
        public void trigger(DelegateExecution execution, String signal, Object data) {
            var outcome = Transition.current().outcome();
            if (outcome instanceof Transition.Outcome.Again) {
                execute(execution);
            } else {
                go(execution, outcome);
            }
        }

        private void go(DelegateExecution execution, Transition.Outcome outcome) {
            switch (outcome) {
                case Transition.Outcome.Leave _ -> leave(execution);
                case Transition.Outcome.Branch branch -> {
                    Transition.current().branched();
                    ErrorPropagation.propagateError(branch.code(), execution);
                }
                case Transition.Outcome.Wait _, Transition.Outcome.Again _ -> {
                    // Stays here until its task is done.
                }
            }
        }
    }

    private static final class EndBehavior extends NoneEndEventActivityBehavior {

        @Override
        public void execute(DelegateExecution execution) {
            Transition.current().end(execution.getCurrentActivityId(), Iterations.of((ExecutionEntity) execution));
            super.execute(execution);
        }
    }

    private static int items(DelegateExecution execution, Activity group) {
        var root = root(execution, group);
        return Transition.current().items(group.getId(), Iterations.of(root), root.getId());
    }

    private static void collect(DelegateExecution execution, Activity group) {
        Transition.current().collect(group.getId(), Iterations.of(root(execution, group)));
    }

    private static ExecutionEntity root(DelegateExecution execution, Activity group) {
        for (var candidate = (ExecutionEntity) execution; candidate != null; candidate = candidate.getParent()) {
            if (candidate.isMultiInstanceRoot() && group.getId().equals(candidate.getActivityId())) {
                return candidate;
            }
        }
        return (ExecutionEntity) ExecutionGraphUtil.getMultiInstanceRootExecution((ExecutionEntity) execution);
    }

    private static final class ParallelEach extends ParallelMultiInstanceBehavior {

        ParallelEach(Activity activity, AbstractBpmnActivityBehavior inner) {
            super(activity, inner);
        }

        @Override
        protected int resolveNrOfInstances(DelegateExecution execution) {
            return items(execution, activity);
        }

        @Override
        protected void cleanupMiRoot(DelegateExecution execution) {
            collect(execution, activity);
            super.cleanupMiRoot(execution);
        }
    }

    private static final class SequentialEach extends SequentialMultiInstanceBehavior {

        SequentialEach(Activity activity, AbstractBpmnActivityBehavior inner) {
            super(activity, inner);
        }

        @Override
        protected int resolveNrOfInstances(DelegateExecution execution) {
            return items(execution, activity);
        }

        @Override
        protected void cleanupMiRoot(DelegateExecution execution) {
            collect(execution, activity);
            super.cleanupMiRoot(execution);
        }
    }
}
