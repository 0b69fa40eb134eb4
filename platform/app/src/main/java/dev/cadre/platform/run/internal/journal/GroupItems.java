package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.StepError;
import dev.cadre.platform.workflow.Node;
import dev.cadre.spi.StepException;
import java.util.ArrayList;
import java.util.Map;

/** For each over a sub-process: how many items it has, and what they came to. A tool's call is drawn as an item is. */
public final class GroupItems {

    private GroupItems() {}

    /**
     * How many items the for-each group has; evaluated when it is reached and kept from then on.
     *
     * @param executionId what the group's rounds hang on; when it is gone the group was left
     */
    public static int items(Transition transition, String groupId, String iteration, String executionId) {
        var run = transition.run();
        var known = run.items(groupId, iteration);
        if (known != null) {
            return known.size();
        }
        var group = (Node.Group) run.plan().node(groupId);
        var each = group.each();
        if (each == null) {
            throw new IllegalStateException(groupId + " is no for-each");
        }
        try {
            var items = transition.activation().items(transition, each, groupId, iteration);
            var row = transition
                    .entry(group, TaskEntry.FOR_EACH, iteration, 1, executionId)
                    .with(Map.of("items", items));
            run.opened(row);
            transition.create(row);
            return items.size();
        } catch (StepException e) {
            throw new AdvanceFailed(groupId, StepError.of(e), e);
        }
    }

    /** The for-each group is done: its output is the list of its iterations' results. */
    public static void collect(Transition transition, String groupId, String iteration) {
        var run = transition.run();
        var items = run.items(groupId, iteration);
        var results = new ArrayList<Object>();
        for (int index = 0; items != null && index < items.size(); index++) {
            results.add(run.result(Iteration.child(iteration, groupId, index)));
        }
        run.output(iteration, groupId, results);
        run.openTasks().stream()
                .filter(task -> task.elementId().equals(groupId)
                        && task.iteration().equals(iteration)
                        && task.stepType().equals(TaskEntry.FOR_EACH))
                .findFirst()
                .ifPresent(task -> {
                    task.succeed(results, transition.at());
                    run.closed(task.id());
                    transition.touch(task);
                });
        run.forgetLoop(groupId, iteration);
    }

    /** A failure was caught by the for-each: the item's result is what went wrong. */
    public static void failed(Transition transition, String groupId, String iteration) {
        var run = transition.run();
        var caught = transition.caught(iteration);
        var error = caught == null ? new StepError("ITEM_FAILED", "The item failed.") : caught;
        if (((Node.Group) run.plan().node(groupId)).role() instanceof Node.Role.Call) {
            AgentCalls.failed(transition, iteration, error);
            return;
        }
        var row = transition.entry(run.plan().node(groupId), TaskEntry.ITEM, iteration, 1, null);
        row.fail(error, transition.at());
        transition.create(row);
        run.output(iteration, TaskEntry.END, Map.of("error", error.values()));
    }

    /** What was drawn for an item, or for the call of a tool, has come to its end. */
    public static void done(Transition transition, String groupId, String iteration) {
        if (((Node.Group) transition.run().plan().node(groupId)).role() instanceof Node.Role.Call call) {
            AgentCalls.done(transition, call, iteration);
        }
    }
}
