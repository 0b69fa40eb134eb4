package dev.cadre.platform.marketplace;

import dev.cadre.platform.marketplace.internal.TemplateFiles;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.workflow.WorkflowEditing;
import dev.cadre.platform.workflow.WorkflowSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The templates that the hub carries. */
@Service
public class Templates {

    private final List<WorkflowTemplate> all;
    private final WorkflowEditing editing;
    private final ApplicationEventPublisher events;

    Templates(TemplateFiles files, WorkflowEditing editing, ApplicationEventPublisher events) {
        this.events = events;
        this.all = files.read();
        this.editing = editing;
    }

    /** Sorted by category and name. */
    public List<WorkflowTemplate> all() {
        return all;
    }

    public Optional<WorkflowTemplate> find(String id) {
        return all.stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** Makes a workflow of one's own out of a template; its webhook gets a path that nobody else has. */
    @Transactional
    public WorkflowSummary use(
            OrganizationId organization, @Nullable ProjectId project, UserId by, String id, @Nullable String name) {
        var template = find(id).orElseThrow(TemplateNotFoundException::new);
        var wanted = name == null || name.isBlank() ? template.name() : name;
        var created = editing.create(
                organization, project, by, wanted, template.description(), OwnPath.in(template.bpmnXml()));
        events.publishEvent(Audited.of(
                organization,
                "template.used",
                Subject.of("template", id, template.name()),
                Map.of("workflow", created.id().toString())));
        return created;
    }
}
