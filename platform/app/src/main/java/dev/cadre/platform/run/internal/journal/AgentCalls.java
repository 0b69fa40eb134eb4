package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.Node;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an agent with tools of its own waits for. Each call is a task of the journal under the agent's task, written once
 * for what the model named it; the move in which the last one ends wakes the agent.
 */
public final class AgentCalls {

    /**
     * What a model wants.
     *
     * @param callId the turn and the model's name of the call, as {@code 2:call_1}
     * @param tool null where there is none of that name
     * @param refused why the call does not begin; the model is told
     */
    public record Wanted(
            String callId,
            String name,
            Map<String, Object> arguments,
            Node.@Nullable Tool tool,
            @Nullable StepError refused) {}

    private AgentCalls() {}

    /** The agent has asked for tools and waits. */
    public static void await(Transition transition, TaskEntry agent) {
        agent.attempted(1);
        agent.await();
        transition.touch(agent);
    }

    /** A call begins at the execution, which is made for it. */
    public static void begin(Transition transition, TaskEntry agent, Wanted call, Node.Tool tool, String executionId) {
        var node = transition.run().plan().node(tool.name());
        var entry = transition
                .entry(node, TaskEntry.TOOL, agent.iteration(), 1, executionId)
                .under(agent.id())
                .called(call.callId())
                .with(call.arguments());
        transition.create(entry);
        transition.run().calls().known(entry);
        transition.run().opened(entry);
    }

    /** A call is over before it begins. */
    public static void refuse(Transition transition, TaskEntry agent, Wanted call, StepError why) {
        var host = transition.run().plan().node(agent.elementId());
        var entry = new TaskEntry(
                        TaskId.create(),
                        call.tool() == null ? host.id() : call.tool().name(),
                        agent.iteration(),
                        0,
                        call.name(),
                        TaskEntry.TOOL,
                        1,
                        null,
                        transition.at())
                .under(agent.id())
                .called(call.callId())
                .with(call.arguments());
        entry.fail(why, transition.at());
        transition.create(entry);
        transition.run().calls().known(entry);
    }

    /** What was drawn for the tool has come to its end. */
    static void done(Transition transition, Node.Role.Call role, String path) {
        var made = transition.run().result(path);
        var result = role.single() && made instanceof Map<?, ?> outputs && outputs.containsKey(role.root())
                ? outputs.get(role.root())
                : made;
        end(transition, path, call -> call.succeed(result, transition.at()));
    }

    static void failed(Transition transition, String path, StepError error) {
        end(transition, path, call -> call.fail(error, transition.at()));
    }

    private static void end(Transition transition, String path, Consumer<TaskEntry> ending) {
        var run = transition.run();
        run.openTasks().stream()
                .filter(task -> task.stepType().equals(TaskEntry.TOOL)
                        && ToolCalls.path(task).equals(path))
                .findFirst()
                .ifPresent(call -> {
                    ending.accept(call);
                    run.closed(call.id());
                    transition.touch(call);
                    wake(transition, call);
                });
    }

    /** Wakes the agent of a call that is over, if it was the last one. */
    static void wake(Transition transition, TaskEntry call) {
        var run = transition.run();
        var parent = call.parent();
        if (parent != null && run.isOpen(parent)) {
            wakeAgent(transition, run.openTask(parent));
        }
    }

    /** Wakes an agent that waits for nothing any more. */
    public static void wakeAgent(Transition transition, TaskEntry agent) {
        var run = transition.run();
        boolean waits = run.openTasks().stream()
                .anyMatch(task ->
                        task.stepType().equals(TaskEntry.TOOL) && agent.id().equals(task.parent()));
        if (!waits && agent.status() == RunStatus.WAITING) {
            agent.work();
            transition.touch(agent);
            transition.lease(agent, transition.at());
        }
    }

    /** Calls that were interrupted are over too. */
    static void interrupted(Transition transition, List<TaskEntry> tasks) {
        tasks.stream().filter(task -> task.stepType().equals(TaskEntry.TOOL)).forEach(call -> wake(transition, call));
    }
}
