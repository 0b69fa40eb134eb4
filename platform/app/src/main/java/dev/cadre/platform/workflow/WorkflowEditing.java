package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.WorkflowSummary.Trigger;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Content;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Revision;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creating, saving, publishing and deleting workflows. */
@Service
public class WorkflowEditing {

    /** A version that went live, with what the validator warns of. */
    public record Published(int version, List<Problem> problems) {}

    private final WorkflowRows rows;
    private final Workflows workflows;
    private final ApplicationEventPublisher events;

    WorkflowEditing(WorkflowRows rows, Workflows workflows, ApplicationEventPublisher events) {
        this.rows = rows;
        this.workflows = workflows;
        this.events = events;
    }

    /** Saves a new workflow; refuses a file that is no BPMN, keeps one with problems. */
    @Transactional
    public WorkflowSummary create(
            OrganizationId organization, UserId by, String name, String description, String bpmnXml) {
        var id = WorkflowId.create();
        rows.insert(organization, id, content(organization, name, description, bpmnXml), by);
        return workflows.summary(organization, id);
    }

    /** Saves as the next revision; refuses (412) when {@code revision} is no longer the last one. */
    @Transactional
    public WorkflowSummary save(
            OrganizationId organization,
            WorkflowId id,
            int revision,
            UserId by,
            String name,
            String description,
            String bpmnXml) {
        var content = content(organization, name, description, bpmnXml);
        if (!rows.update(organization, id, revision, content, by)) {
            throw WorkflowException.stale();
        }
        return workflows.summary(organization, id);
    }

    @Transactional
    public void delete(OrganizationId organization, WorkflowId id, int revision) {
        if (!rows.delete(organization, id, revision)) {
            throw WorkflowException.stale();
        }
        events.publishEvent(new WorkflowDeleted(organization, id));
    }

    /** Makes the last save the live version; nothing changes when it is that already. */
    @Transactional
    public Published publish(OrganizationId organization, WorkflowId id, UserId by) {
        var summary = rows.find(organization, id, true).orElseThrow(WorkflowException::notFound);
        int revision = summary.revision();
        var live = summary.publishedVersion();
        int version = live == null ? 1 : summary.changesNotLive() ? live + 1 : live;
        var saved = new Revision(summary.name(), workflows.bpmn(organization, id, revision));
        var compiled = workflows.definition(organization, id, revision, version, saved);
        var definition = compiled.orThrow();
        if (live == null || version != live) {
            rows.publish(organization, id, version, revision, by);
            events.publishEvent(new WorkflowPublished(definition));
        }
        return new Published(version, compiled.problems());
    }

    private Content content(OrganizationId organization, String name, String description, String bpmnXml) {
        var definition = workflows.check(organization, bpmnXml).definition();
        return new Content(name.strip(), description, bpmnXml, trigger(definition));
    }

    private static @Nullable Trigger trigger(WorkflowDefinition definition) {
        return definition.body().nodes().stream()
                .filter(Node.Start.class::isInstance)
                .map(Node.Start.class::cast)
                .findFirst()
                .map(start -> new Trigger(start.use(), path(start)))
                .orElse(null);
    }

    private static @Nullable String path(Node.Start start) {
        try {
            return start.settings().evaluate(Map.of()) instanceof Map<?, ?> settings
                            && settings.get("path") instanceof String path
                    ? path
                    : null;
        } catch (RuntimeException unfinished) {
            return null; // settings with expressions are a problem of the draft, not a reason not to save it
        }
    }
}
