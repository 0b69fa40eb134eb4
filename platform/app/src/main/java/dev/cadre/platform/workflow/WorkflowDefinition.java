package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as it is run: read from one saved revision of the drawn file, checked, and free of anything that the
 * dialect does not name. Immutable.
 *
 * @param revision the saved revision it was read from, counted from 1 by workflow
 * @param version the published version, null for a draft
 * @param policy what holds for every run
 * @param hooks the webhooks of message events
 */
public record WorkflowDefinition(
        OrganizationId organization,
        WorkflowId workflow,
        int revision,
        @Nullable Integer version,
        String name,
        Scope body,
        RunPolicy policy,
        List<MessageHook> hooks) {

    public WorkflowDefinition(
            OrganizationId organization,
            WorkflowId workflow,
            int revision,
            @Nullable Integer version,
            String name,
            Scope body) {
        this(organization, workflow, revision, version, name, body, RunPolicy.USUAL, List.of());
    }

    /** Finds an element at any depth. */
    public Optional<Node> find(String elementId) {
        return body.find(elementId);
    }
}
