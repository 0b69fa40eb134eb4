package dev.cadre.platform.workflow.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.platform.shared.web.PageQuery;
import dev.cadre.platform.workflow.CompiledWorkflow;
import dev.cadre.platform.workflow.Problem;
import dev.cadre.platform.workflow.WorkflowBody;
import dev.cadre.platform.workflow.WorkflowEditing;
import dev.cadre.platform.workflow.WorkflowException;
import dev.cadre.platform.workflow.WorkflowSummary;
import dev.cadre.platform.workflow.WorkflowVersion;
import dev.cadre.platform.workflow.Workflows;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The workflows of the caller's organization. */
@Tag(name = "workflows")
@RestController
@RequestMapping("/api/v1/workflows")
class WorkflowController {

    private static final String NO_CONTROL = "[^\\p{Cntrl}]*";

    record WorkflowInput(
            @NotBlank @Size(max = 200) @Pattern(regexp = NO_CONTROL, message = "must be plain text")
            String name,

            @Nullable @Size(max = 2000) @Pattern(regexp = "[^\\x00]*", message = "must be plain text")
            String description,

            @Nullable String bpmnXml,
            @Nullable ProjectId projectId) {

        String descriptionOrNone() {
            return description == null ? "" : description;
        }
    }

    record WorkflowUpdate(
            @NotBlank @Size(max = 200) @Pattern(regexp = NO_CONTROL, message = "must be plain text")
            String name,

            @Nullable @Size(max = 2000) @Pattern(regexp = "[^\\x00]*", message = "must be plain text")
            String description,

            @NotNull String bpmnXml) {

        String descriptionOrNone() {
            return description == null ? "" : description;
        }
    }

    /** @param workflowId whose draft it is, so that what its project has counts; null for none */
    record Drawing(@NotNull String bpmnXml, @Nullable WorkflowId workflowId) {}

    /** @param projectId null for the whole organization */
    record WorkflowMove(@Nullable ProjectId projectId) {}

    record WorkflowItem(
            WorkflowId id,
            String name,
            String description,
            int revision,
            @Nullable Integer publishedVersion,
            boolean changesNotLive,
            WorkflowSummary.@Nullable Trigger trigger,
            @Nullable ProjectId projectId,
            Instant createdAt,
            Instant updatedAt) {

        static WorkflowItem of(WorkflowSummary it) {
            return new WorkflowItem(
                    it.id(),
                    it.name(),
                    it.description(),
                    it.revision(),
                    it.publishedVersion(),
                    it.changesNotLive(),
                    it.trigger(),
                    it.projectId(),
                    it.createdAt(),
                    it.updatedAt());
        }
    }

    record Person(UserId id, @Nullable String name) {}

    record Version(int version, int revision, Instant publishedAt, Person publishedBy) {}

    record DrawnVersion(int version, int revision, Instant publishedAt, Person publishedBy, String bpmnXml) {}

    record Validation(boolean valid, List<Problem> problems) {
        static Validation of(CompiledWorkflow compiled) {
            return new Validation(compiled.valid(), compiled.problems());
        }
    }

    record Publication(int publishedVersion, List<Problem> problems) {}

    private final Workflows workflows;
    private final WorkflowEditing editing;
    private final WorkflowRows rows;
    private final Users users;

    WorkflowController(Workflows workflows, WorkflowEditing editing, WorkflowRows rows, Users users) {
        this.workflows = workflows;
        this.editing = editing;
        this.rows = rows;
        this.users = users;
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping
    PageOf<WorkflowItem> list(
            Caller caller,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable ProjectId projectId,
            PageQuery page) {
        var found = rows.list(caller.organization(), projectId, q, page.after(), page.rows());
        var shown = page.page(
                found,
                it -> List.of(
                        it.updatedAt().atOffset(ZoneOffset.UTC).toString(),
                        it.id().toString()));
        return new PageOf<>(shown.items().stream().map(WorkflowItem::of).toList(), shown.nextCursor());
    }

    @Requires(Permission.WORKFLOW_EDIT)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<WorkflowBody> create(Caller caller, @Valid @RequestBody WorkflowInput body) {
        var xml = body.bpmnXml() == null ? EmptyWorkflow.BPMN : body.bpmnXml();
        var created = editing.create(
                caller.organization(), body.projectId(), caller.user(), body.name(), body.descriptionOrNone(), xml);
        return ResponseEntity.created(URI.create("/api/v1/workflows/" + created.id()))
                .eTag(IfMatch.tag(created.revision()))
                .body(WorkflowBody.of(created, xml));
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping("/{id}")
    ResponseEntity<WorkflowBody> get(Caller caller, @PathVariable WorkflowId id) {
        var found = workflows.summary(caller.organization(), id);
        return answer(found, workflows.bpmn(caller.organization(), id, found.revision()));
    }

    @Requires(Permission.WORKFLOW_EDIT)
    @PutMapping("/{id}")
    ResponseEntity<WorkflowBody> save(
            Caller caller, @PathVariable WorkflowId id, IfMatch ifMatch, @Valid @RequestBody WorkflowUpdate body) {
        int revision = checked(caller, id, ifMatch);
        var saved = editing.save(
                caller.organization(),
                id,
                revision,
                caller.user(),
                body.name(),
                body.descriptionOrNone(),
                body.bpmnXml());
        return answer(saved, body.bpmnXml());
    }

    @Requires(Permission.WORKFLOW_EDIT)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(Caller caller, @PathVariable WorkflowId id, IfMatch ifMatch) {
        editing.delete(caller.organization(), id, checked(caller, id, ifMatch));
        return ResponseEntity.noContent().build();
    }

    /** To a project, or out of one; its runs go with it. */
    @Requires(Permission.WORKFLOW_EDIT)
    @PutMapping("/{id}/project")
    ResponseEntity<WorkflowBody> move(
            Caller caller, @PathVariable WorkflowId id, @Valid @RequestBody WorkflowMove body) {
        var moved = editing.move(caller.organization(), id, body.projectId());
        return answer(moved, workflows.bpmn(caller.organization(), id, moved.revision()));
    }

    @Requires(Permission.WORKFLOW_READ)
    @PostMapping("/validate")
    Validation validate(Caller caller, @Valid @RequestBody Drawing body) {
        var workflow = body.workflowId();
        return Validation.of(
                workflow == null
                        ? workflows.check(caller.organization(), body.bpmnXml())
                        : workflows.check(caller.organization(), workflow, body.bpmnXml()));
    }

    @Requires(Permission.WORKFLOW_READ)
    @PostMapping("/{id}/validate")
    Validation validateSaved(Caller caller, @PathVariable WorkflowId id) {
        return Validation.of(workflows.check(caller.organization(), id));
    }

    @Requires(Permission.WORKFLOW_PUBLISH)
    @PostMapping("/{id}/publish")
    Publication publish(Caller caller, @PathVariable WorkflowId id) {
        var published = editing.publish(caller.organization(), id, caller.user());
        return new Publication(published.version(), published.problems());
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping("/{id}/versions")
    PageOf<Version> versions(Caller caller, @PathVariable WorkflowId id, PageQuery page) {
        workflows.summary(caller.organization(), id);
        int below = page.isFirst()
                ? Integer.MAX_VALUE
                : Integer.parseInt(page.after().getFirst());
        var found = page.page(
                rows.versions(caller.organization(), id, below, page.rows()),
                it -> List.of(Integer.toString(it.version())));
        var people = users.find(found.items().stream()
                .map(WorkflowVersion::publishedBy)
                .distinct()
                .toList());
        return new PageOf<>(
                found.items().stream()
                        .map(it -> new Version(it.version(), it.revision(), it.publishedAt(), person(it, people)))
                        .toList(),
                found.nextCursor());
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping("/{id}/versions/{version}")
    DrawnVersion version(Caller caller, @PathVariable WorkflowId id, @PathVariable int version) {
        workflows.summary(caller.organization(), id);
        var it = rows.version(caller.organization(), id, version)
                .orElseThrow(() -> WorkflowException.versionNotFound(version));
        var people = users.find(List.of(it.publishedBy()));
        return new DrawnVersion(
                it.version(),
                it.revision(),
                it.publishedAt(),
                person(it, people),
                workflows.bpmn(caller.organization(), id, it.revision()));
    }

    private int checked(Caller caller, WorkflowId id, IfMatch ifMatch) {
        int revision = workflows.summary(caller.organization(), id).revision();
        ifMatch.check(revision);
        return revision;
    }

    private static Person person(WorkflowVersion version, Map<UserId, User> people) {
        var user = people.get(version.publishedBy());
        return new Person(version.publishedBy(), user == null ? null : user.name());
    }

    private static ResponseEntity<WorkflowBody> answer(WorkflowSummary it, String bpmnXml) {
        return ResponseEntity.ok().eTag(IfMatch.tag(it.revision())).body(WorkflowBody.of(it, bpmnXml));
    }
}
