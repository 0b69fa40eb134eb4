package dev.cadre.platform.trigger.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.internal.schedule.Schedules;
import dev.cadre.platform.trigger.web.TriggerController.ArmedTrigger;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Pauses schedules and goes on with them, and tells when one would fire. */
@Tag(name = "triggers")
@RestController
class ScheduleController {

    /** Settings of the trigger {@code schedule}. */
    record SchedulePreviewInput(@NotNull Map<String, Object> settings) {}

    private final Schedules schedules;

    ScheduleController(Schedules schedules) {
        this.schedules = schedules;
    }

    @Requires(Permission.SCHEDULE_MANAGE)
    @PostMapping("/api/v1/triggers/schedules/{workflowId}/pause")
    ArmedTrigger pause(Caller caller, @PathVariable WorkflowId workflowId) {
        return ArmedTrigger.of(schedules.pause(caller.organization(), workflowId));
    }

    @Requires(Permission.SCHEDULE_MANAGE)
    @PostMapping("/api/v1/triggers/schedules/{workflowId}/resume")
    ArmedTrigger resume(Caller caller, @PathVariable WorkflowId workflowId) {
        return ArmedTrigger.of(schedules.resume(caller.organization(), workflowId));
    }

    /** The next five times at which these settings would fire, were they published now. */
    @Requires(Permission.WORKFLOW_READ)
    @PostMapping("/api/v1/triggers/schedules/preview")
    Schedules.SchedulePreview preview(@Valid @RequestBody SchedulePreviewInput input) {
        return schedules.preview(input.settings());
    }
}
