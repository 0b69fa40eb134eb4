package dev.cadre.platform.workflow;

import dev.cadre.platform.connector.Connections;
import dev.cadre.platform.organization.Projects;
import dev.cadre.platform.organization.ProjectsChanged;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.WorkflowSummary.Trigger;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Content;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Revision;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
    private final Projects projects;
    private final Connections connections;
    private final ApplicationEventPublisher events;

    WorkflowEditing(
            WorkflowRows rows,
            Workflows workflows,
            Projects projects,
            Connections connections,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.workflows = workflows;
        this.projects = projects;
        this.connections = connections;
        this.events = events;
    }

    /** Saves a new workflow; refuses a file that is no BPMN, keeps one with problems. */
    @Transactional
    public WorkflowSummary create(
            OrganizationId organization,
            @Nullable ProjectId project,
            UserId by,
            String name,
            String description,
            String bpmnXml) {
        projects.hold(organization, project);
        var id = WorkflowId.create();
        rows.insert(organization, project, id, content(organization, project, name, description, bpmnXml), by);
        var created = workflows.summary(organization, id);
        audit(organization, created, "workflow.created", Map.of("revision", created.revision()));
        return created;
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
        var project = rows.project(organization, id).orElse(null);
        var content = content(organization, project, name, description, bpmnXml);
        if (!rows.update(organization, id, revision, content, by)) {
            throw WorkflowException.stale();
        }
        var saved = workflows.summary(organization, id);
        audit(organization, saved, "workflow.saved", Map.of("revision", saved.revision()));
        return saved;
    }

    private void audit(OrganizationId organization, WorkflowSummary workflow, String action, Map<String, ?> what) {
        events.publishEvent(
                Audited.of(organization, action, Subject.of("workflow", workflow.id(), workflow.name()), what));
    }

    @Transactional
    public void delete(OrganizationId organization, WorkflowId id, int revision) {
        var deleted = workflows.summary(organization, id);
        if (!rows.delete(organization, id, revision)) {
            throw WorkflowException.stale();
        }
        events.publishEvent(new WorkflowDeleted(organization, id));
        audit(organization, deleted, "workflow.deleted", Map.of());
    }

    /**
     * Moves it, with its runs and all that hangs on it, to a project or out of one (null). Refused (409) where its live version
     * would not find there what it uses.
     */
    @Transactional
    public WorkflowSummary move(OrganizationId organization, WorkflowId id, @Nullable ProjectId project) {
        projects.hold(organization, project);
        var before = rows.find(organization, id, true).orElseThrow(WorkflowException::notFound);
        if (Objects.equals(before.projectId(), project)) {
            return before;
        }
        requireWhole(organization, before, project);
        events.publishEvent(Audited.changed(
                organization,
                "workflow.moved",
                Subject.of("workflow", id, before.name()),
                place(organization, before.projectId()),
                place(organization, project)));
        rows.move(organization, id, project);
        connections.changed();
        events.publishEvent(new ProjectsChanged(organization));
        return workflows.summary(organization, id);
    }

    private void requireWhole(OrganizationId organization, WorkflowSummary workflow, @Nullable ProjectId project) {
        var live = workflow.publishedRevision();
        if (live == null) {
            return;
        }
        var saved = new Revision(workflow.name(), workflows.bpmn(organization, workflow.id(), live));
        var version = workflow.publishedVersion();
        var there = workflows.definition(organization, project, workflow.id(), live, version, saved);
        if (!there.valid()) {
            throw WorkflowException.notWholeThere(there.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .map(Problem::message)
                    .collect(Collectors.joining(" ")));
        }
    }

    private Map<String, ?> place(OrganizationId organization, @Nullable ProjectId project) {
        return project == null
                ? Map.of()
                : Map.of(
                        "project",
                        Objects.requireNonNullElse(projects.name(organization, project), project.toString()));
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
            audit(organization, summary, "workflow.published", Map.of("version", version, "revision", revision));
        }
        return new Published(version, compiled.problems());
    }

    private Content content(
            OrganizationId organization, @Nullable ProjectId project, String name, String description, String bpmnXml) {
        var drawn = new Revision("", bpmnXml);
        var definition = workflows
                .definition(organization, project, WorkflowId.create(), 0, null, drawn)
                .definition();
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
