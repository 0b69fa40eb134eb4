package dev.cadre.platform.plugin;

import dev.cadre.platform.shared.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a step of a workflow names, by id or name. Whether the workflow may use it depends on the project of
 * both when the step works.
 */
public record ChosenConnection(WorkflowId workflow, String nameOrId) {

    /** Null where the step names none. */
    public static @Nullable ChosenConnection of(WorkflowId workflow, @Nullable String nameOrId) {
        return nameOrId == null || nameOrId.isBlank() ? null : new ChosenConnection(workflow, nameOrId);
    }
}
