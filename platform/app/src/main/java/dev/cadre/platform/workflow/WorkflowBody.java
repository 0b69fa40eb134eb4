package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A workflow with its drawing, as the API shows it. */
public record WorkflowBody(
        WorkflowId id,
        String name,
        String description,
        String bpmnXml,
        int revision,
        @Nullable Integer publishedVersion,
        boolean changesNotLive,
        WorkflowSummary.@Nullable Trigger trigger,
        @Nullable ProjectId projectId,
        Instant createdAt,
        Instant updatedAt) {

    public static WorkflowBody of(WorkflowSummary it, String bpmnXml) {
        return new WorkflowBody(
                it.id(),
                it.name(),
                it.description(),
                bpmnXml,
                it.revision(),
                it.publishedVersion(),
                it.changesNotLive(),
                it.trigger(),
                it.projectId(),
                it.createdAt(),
                it.updatedAt());
    }
}
