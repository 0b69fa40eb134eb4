package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.TaskId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a run's agents have made of their tools. Each has data, keys and rows of its own, as an item of a
 * for-each has: it is named {@code lookup[3]}, the third call of {@code lookup}.
 */
public final class ToolCalls {

    private final Plan plan;
    private final Map<String, Segment> segments = new HashMap<>(0);
    private final Map<String, Map<String, Object>> given = new HashMap<>(0);

    private final Set<String> begun = new HashSet<>(0);

    private record Segment(TaskId task, String text) {}

    ToolCalls(Plan plan) {
        this.plan = plan;
    }

    /** The path of what runs for a call. */
    static String path(TaskEntry call) {
        return Iteration.child(call.iteration(), call.elementId(), call.visit());
    }

    /** How the call is named that an execution was made for, empty for other executions. */
    public Optional<String> at(String executionId) {
        return Optional.ofNullable(segments.get(executionId)).map(Segment::text);
    }

    /** What expressions see as {@code toolCall} within a path, null outside of calls. */
    @Nullable
    Map<String, Object> given(String path) {
        return given.get(path);
    }

    /** Whether an agent's call is in the journal. */
    public boolean has(TaskId agent, String callId) {
        return begun.contains(agent + "/" + callId);
    }

    void known(TaskEntry call) {
        begun.add(call.parent() + "/" + call.callId());
        plan.tool(call.elementId()).ifPresent(tool -> {
            var arguments = new LinkedHashMap<String, @Nullable Object>();
            if (tool.schema().get("properties") instanceof Map<?, ?> properties) {
                // What the model may leave out is null then, not missing.
                properties.keySet().forEach(name -> arguments.put(String.valueOf(name), null));
            }
            if (call.input() != null) {
                arguments.putAll(call.input());
            }
            given.put(
                    path(call),
                    Map.of("id", String.valueOf(call.callId()), "name", tool.name(), "arguments", arguments));
        });
    }

    void opened(TaskEntry call) {
        var execution = call.executionId();
        if (execution != null) {
            segments.put(execution, new Segment(call.id(), call.elementId() + "[" + call.visit() + "]"));
        }
    }

    void closed(TaskId task) {
        segments.values().removeIf(segment -> segment.task().equals(task));
    }
}
