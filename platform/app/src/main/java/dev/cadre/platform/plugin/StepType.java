package dev.cadre.platform.plugin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the step library, with what performs it.
 *
 * @param id the {@code use} of the workflow file
 * @param connectionType the type of connection that its steps must name, null when they need none; a trigger names one
 *     where its settings say that callers prove themselves
 * @param inputSchema JSON Schema 2020-12 as JSON values
 * @param outputSchema likewise
 */
public record StepType(
        String id,
        String title,
        String description,
        String category,
        String icon,
        Kind kind,
        PluginRef plugin,
        @Nullable String connectionType,
        Map<String, Object> inputSchema,
        Map<String, Object> outputSchema,
        StepPerformer performer) {

    /** What a step type is to the person who draws. */
    public enum Kind {
        TRIGGER,
        TOOL,
        AGENT,
        CONNECTOR,
        CORE
    }

    /** The plugin that brought a step type. */
    public record PluginRef(String id, String version) {}

    /** Whether it runs inside the engine's transaction. */
    public boolean instant() {
        return performer instanceof StepPerformer.ToolPerformer tool && tool.instant();
    }
}
