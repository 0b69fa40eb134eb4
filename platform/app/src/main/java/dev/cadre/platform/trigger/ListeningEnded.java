package dev.cadre.platform.trigger;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nobody listens to a draft's webhook any more, although its time was not over.
 *
 * @param by name of the person who ended it, null where that is not known
 */
public record ListeningEnded(
        OrganizationId organization,
        WorkflowId workflow,
        Reason reason,
        @Nullable String by,
        Instant at) {

    public enum Reason {
        STOPPED,
        TAKEN_OVER,
        DELETED
    }
}
