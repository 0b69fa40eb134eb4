package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.StepError;
import dev.cadre.platform.workflow.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Undoes what a run has done: the handlers of its activities work one after the other, the last activity's first. */
public final class Compensations {

    private static final String ACTIVITIES = "activities";
    private static final Node.Compensate ALL = new Node.Compensate("cancel", "Undo what was done", null);

    private final StepActivation activation;

    Compensations(StepActivation activation) {
        this.activation = activation;
    }

    /** Leave when nothing is to be undone. */
    Transition.Outcome begin(Transition transition, Node.Compensate node, String iteration, @Nullable String token) {
        var run = transition.run();
        var activity = node.activity();
        var todo = activity == null
                ? run.compensable().within(token == null ? "" : run.plan().compensatedScope(node.id()), iteration)
                : run.compensable().of(activity, iteration);
        var parent = transition.entry(node, TaskEntry.COMPENSATION, iteration, 1, token);
        parent.with(Map.of(ACTIVITIES, todo.stream().map(Compensations::values).toList()));
        transition.create(parent);
        run.opened(parent);
        return next(transition, parent);
    }

    /** Undoes everything that the run has done; false when there is nothing to undo. */
    public boolean beginAll(Transition transition) {
        return begin(transition, ALL, "", null) instanceof Transition.Outcome.Wait;
    }

    private static Map<String, Object> values(Compensable.Done done) {
        return Map.of("activity", done.activity(), "iteration", done.iteration());
    }

    /** The next handler begins, or the compensation is done. */
    Transition.Outcome next(Transition transition, TaskEntry parent) {
        var run = transition.run();
        var todo = parent.input() != null && parent.input().get(ACTIVITIES) instanceof List<?> list ? list : List.of();
        for (int next = run.reached(parent.id()); next < todo.size(); next++) {
            var outcome = undo(transition, parent, (Map<?, ?>) todo.get(next));
            if (!(outcome instanceof Transition.Outcome.Leave)) {
                return outcome;
            }
        }
        parent.succeed(Map.of("undone", todo.size()), transition.at());
        run.closed(parent.id());
        transition.touch(parent);
        return new Transition.Outcome.Leave();
    }

    private Transition.Outcome undo(Transition transition, TaskEntry parent, Map<?, ?> done) {
        var run = transition.run();
        run.reachedOneMore(parent.id());
        var handler = run.plan().compensation(String.valueOf(done.get("activity")));
        if (handler.isEmpty()) {
            return new Transition.Outcome.Leave();
        }
        var step = handler.get();
        var task = transition.entry(
                step,
                step.use(),
                String.valueOf(done.get("iteration")),
                step.policy().attempts(),
                parent.executionId());
        var outcome = activation.openUnder(transition, step, task, parent);
        if (outcome instanceof Transition.Outcome.Branch branch) {
            abandon(transition, parent, branch.code());
        }
        return outcome;
    }

    /** A handler failed and something around catches that: the others do not begin. */
    void abandon(Transition transition, TaskEntry parent, String code) {
        parent.fail(new StepError(code, "Something could not be undone."), transition.at());
        transition.run().closed(parent.id());
        transition.touch(parent);
    }
}
