package dev.cadre.platform.plugin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepType.PluginRef;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.shared.PageOf;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The step library. */
@RestController
class StepTypeController {

    private final StepTypes stepTypes;

    StepTypeController(StepTypes stepTypes) {
        this.stepTypes = stepTypes;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepTypeView(
            String id,
            String title,
            String description,
            String category,
            String icon,
            String kind,
            PluginRef plugin,
            @Nullable String connectionType,
            Map<String, Object> inputSchema,
            Map<String, Object> outputSchema) {

        static StepTypeView of(StepType type) {
            return new StepTypeView(
                    type.id(),
                    type.title(),
                    type.description(),
                    type.category(),
                    type.icon(),
                    type.kind().name().toLowerCase(Locale.ROOT),
                    type.plugin(),
                    type.connectionType(),
                    type.inputSchema(),
                    type.outputSchema());
        }
    }

    @GetMapping("/api/v1/step-types")
    @Requires(Permission.WORKFLOW_READ)
    PageOf<StepTypeView> list() {
        return new PageOf<>(stepTypes.all().stream().map(StepTypeView::of).toList(), null);
    }
}
