package dev.cadre.platform.marketplace.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.marketplace.TemplateNotFoundException;
import dev.cadre.platform.marketplace.Templates;
import dev.cadre.platform.marketplace.WorkflowTemplate;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.platform.workflow.WorkflowBody;
import dev.cadre.platform.workflow.Workflows;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates that a workflow can start from. */
@Tag(name = "marketplace")
@RestController
@RequestMapping("/api/v1/templates")
class TemplateController {

    record TemplateUse(
            @Nullable @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be plain text")
            String name,

            @Nullable ProjectId projectId) {}

    private final Templates templates;
    private final Workflows workflows;

    TemplateController(Templates templates, Workflows workflows) {
        this.templates = templates;
        this.workflows = workflows;
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping
    PageOf<WorkflowTemplate> list(Caller caller) {
        return new PageOf<>(templates.all(), null);
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping("/{id}")
    WorkflowTemplate get(Caller caller, @PathVariable String id) {
        return templates.find(id).orElseThrow(TemplateNotFoundException::new);
    }

    @Requires(Permission.WORKFLOW_EDIT)
    @PostMapping("/{id}/use")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<WorkflowBody> use(
            Caller caller, @PathVariable String id, @Valid @RequestBody(required = false) @Nullable TemplateUse body) {
        var created = templates.use(
                caller.organization(),
                body == null ? null : body.projectId(),
                caller.user(),
                id,
                body == null ? null : body.name());
        var xml = workflows.bpmn(caller.organization(), created.id(), created.revision());
        return ResponseEntity.created(URI.create("/api/v1/workflows/" + created.id()))
                .eTag(IfMatch.tag(created.revision()))
                .body(WorkflowBody.of(created, xml));
    }
}
