package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.GroupItems;
import dev.cadre.platform.run.internal.journal.Transition;
import java.util.ArrayList;
import org.flowable.bpmn.model.Activity;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.ParallelMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.behavior.SequentialMultiInstanceBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.ExecutionGraphUtil;
import org.flowable.engine.impl.variable.ParallelMultiInstanceLoopVariable;

/** For each over a sub-process: the items are the journal's, and so are the results. */
final class EachBehaviors {

    /** How many items of a parallel for-each have begun, where not all begin at once. */
    private static final String BEGUN = "begun";

    private EachBehaviors() {}

    private static int items(DelegateExecution execution, Activity group) {
        var root = root(execution, group);
        return GroupItems.items(Transition.current(), group.getId(), Iterations.of(root), root.getId());
    }

    private static void collect(DelegateExecution execution, Activity group) {
        GroupItems.collect(Transition.current(), group.getId(), Iterations.of(root(execution, group)));
    }

    private static ExecutionEntity root(DelegateExecution execution, Activity group) {
        for (var candidate = (ExecutionEntity) execution; candidate != null; candidate = candidate.getParent()) {
            if (candidate.isMultiInstanceRoot() && group.getId().equals(candidate.getActivityId())) {
                return candidate;
            }
        }
        return (ExecutionEntity) ExecutionGraphUtil.getMultiInstanceRootExecution((ExecutionEntity) execution);
    }

    /** Begins as many items as the file allows at once, and another one whenever one is done. */
    static final class Parallel extends ParallelMultiInstanceBehavior {

        Parallel(Activity activity, AbstractBpmnActivityBehavior inner) {
            super(activity, inner);
        }

        @Override
        protected int resolveNrOfInstances(DelegateExecution execution) {
            return items(execution, activity);
        }

        private int atOnce() {
            return Transition.current().run().plan().parallelism(activity.getId());
        }

        @Override
        protected int createInstances(DelegateExecution root) {
            int count = resolveNrOfInstances(root);
            if (count <= atOnce()) {
                return super.createInstances(root);
            }
            setLoopVariable(root, NUMBER_OF_INSTANCES, count);
            setLoopVariable(
                    root, NUMBER_OF_COMPLETED_INSTANCES, ParallelMultiInstanceLoopVariable.completed(root.getId()));
            setLoopVariable(root, NUMBER_OF_ACTIVE_INSTANCES, ParallelMultiInstanceLoopVariable.active(root.getId()));
            // All at first, since what the first one does may prune executions.
            var first = new ArrayList<ExecutionEntity>();
            for (int index = 0; index < atOnce(); index++) {
                first.add(instance((ExecutionEntity) root));
            }
            for (int index = 0; index < first.size(); index++) {
                executeOriginalBehavior(first.get(index), (ExecutionEntity) root, index);
            }
            setLoopVariable(root, BEGUN, first.size());
            root.setActive(false);
            return count;
        }

        private ExecutionEntity instance(ExecutionEntity root) {
            var instance = CommandContextUtil.getExecutionEntityManager().createChildExecution(root);
            instance.setCurrentFlowElement(activity);
            instance.setActive(true);
            instance.setScope(false);
            return instance;
        }

        @Override
        public void leave(DelegateExecution execution) {
            var root = root(execution, activity);
            int count = root == null ? 0 : resolveNrOfInstances(root);
            super.leave(execution);
            if (count > atOnce() && !root.isEnded() && !root.isDeleted()) {
                int begun = getLoopVariable(root, BEGUN);
                if (begun < count) {
                    setLoopVariable(root, BEGUN, begun + 1);
                    executeOriginalBehavior(instance(root), root, begun);
                }
            }
        }

        @Override
        protected void cleanupMiRoot(DelegateExecution execution) {
            collect(execution, activity);
            super.cleanupMiRoot(execution);
        }
    }

    /** One item after the other. */
    static final class Sequential extends SequentialMultiInstanceBehavior {

        Sequential(Activity activity, AbstractBpmnActivityBehavior inner) {
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
