package dev.cadre.platform.workflow.internal.storage;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who has worked on workflows. */
@Component
class WorkflowProcessing implements ProcessedData {

    @Override
    public List<Category> categories(OrganizationId organization) {
        return List.of(new Category(
                "Who saved and published workflows",
                "Members",
                "Knowing whom to ask",
                "As long as the workflow; an id that belongs to nobody once the account is erased",
                "Database of the hub"));
    }
}
