package dev.cadre.platform.marketplace;

import dev.cadre.platform.marketplace.internal.TemplateFiles;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.workflow.WorkflowEditing;
import dev.cadre.platform.workflow.WorkflowSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The templates that the hub carries. */
@Service
public class Templates {

    private final List<WorkflowTemplate> all;
    private final WorkflowEditing editing;

    Templates(TemplateFiles files, WorkflowEditing editing) {
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
    public WorkflowSummary use(
            OrganizationId organization,
            @Nullable ProjectId project,
            UserId by,
            String id,
            @Nullable String name) {
        var template = find(id).orElseThrow(TemplateNotFoundException::new);
        var wanted = name == null || name.isBlank() ? template.name() : name;
        return editing.create(
                organization, project, by, wanted, template.description(), OwnPath.in(template.bpmnXml()));
    }
}
