package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workflow without its drawing.
 *
 * @param revision of the last save
 * @param trigger what starts the draft
 * @param projectId the project that it belongs to; null for the whole organization
 */
public record WorkflowSummary(
        WorkflowId id,
        String name,
        String description,
        int revision,
        @Nullable Integer publishedVersion,
        @Nullable Integer publishedRevision,
        @Nullable Trigger trigger,
        @Nullable ProjectId projectId,
        Instant createdAt,
        Instant updatedAt) {

    /** What starts a workflow; {@code path} is a webhook's. */
    public record Trigger(String use, @Nullable String path) {}

    /** Whether the last save differs from what is live. */
    public boolean changesNotLive() {
        return publishedRevision != null && publishedRevision != revision;
    }
}
