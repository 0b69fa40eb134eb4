package dev.cadre.platform.trigger.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.internal.Listening;
import dev.cadre.platform.trigger.internal.WebhookRows;
import dev.cadre.platform.trigger.internal.schedule.Schedules;
import dev.cadre.platform.workflow.Workflows;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is armed, and listening to a draft. */
@Tag(name = "triggers")
@RestController
class TriggerController {

    /** A webhook that waits for one draft's test request. */
    record ListeningAt(String url, String path, Instant expiresAt) {}

    /**
     * A published trigger. A webhook has a path and no schedule, a schedule the other way round.
     *
     * @param elementId the message event that requests tell, null where they start runs
     * @param methods empty answers every method
     * @param nextFireAt null where no time is to come, or while the schedule is paused
     */
    record ArmedTrigger(
            WorkflowId workflowId,
            String workflowName,
            String use,
            @Nullable String elementId,
            @Nullable String path,
            List<String> methods,
            @Nullable String url,
            @Nullable String testUrl,
            @Nullable String respond,
            @Nullable Instant nextFireAt,
            List<Instant> nextFireTimes,
            Schedules.@Nullable ScheduleState schedule) {

        static ArmedTrigger of(Schedules.Listed it) {
            return new ArmedTrigger(
                    it.workflow(),
                    it.workflowName(),
                    "schedule",
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    it.nextFireTimes().isEmpty() ? null : it.nextFireTimes().getFirst(),
                    it.nextFireTimes(),
                    it.state());
        }
    }

    private final WebhookRows webhooks;
    private final Schedules schedules;
    private final Listening listening;
    private final Workflows workflows;
    private final String address;

    TriggerController(
            WebhookRows webhooks,
            Schedules schedules,
            Listening listening,
            Workflows workflows,
            @Value("${cadre.public-url}") String address) {
        this.webhooks = webhooks;
        this.schedules = schedules;
        this.listening = listening;
        this.workflows = workflows;
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    @Requires(Permission.WORKFLOW_READ)
    @GetMapping("/api/v1/triggers")
    PageOf<ArmedTrigger> list(Caller caller) {
        // a path belongs to one workflow, or to several by method
        var byPlace = new LinkedHashMap<List<String>, List<WebhookRows.Armed>>();
        webhooks.of(caller.organization())
                .forEach(armed -> byPlace.computeIfAbsent(
                                List.of(armed.workflow().toString(), armed.path()), _ -> new ArrayList<>())
                        .add(armed));
        return new PageOf<>(
                Stream.concat(
                                byPlace.values().stream().map(this::armed),
                                schedules.all(caller.organization()).stream().map(ArmedTrigger::of))
                        .toList(),
                null);
    }

    private ArmedTrigger armed(List<WebhookRows.Armed> methods) {
        var first = methods.getFirst();
        var definition = workflows.version(first.organization(), first.workflow(), first.version());
        return new ArmedTrigger(
                first.workflow(),
                definition.name(),
                first.stepType(),
                first.element(),
                first.path(),
                methods.stream()
                        .map(WebhookRows.Armed::method)
                        .filter(method -> !method.equals("*"))
                        .toList(),
                address + "/hooks/" + first.path(),
                first.element() == null ? address + "/hooks-test/" + first.path() : null,
                first.respond().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                null,
                List.of(),
                null);
    }

    /** Refused (409) while a colleague listens at this path for another workflow, unless {@code takeOver} is set. */
    @Requires(Permission.RUN_EXECUTE)
    @PostMapping("/api/v1/workflows/{id}/listen")
    ListeningAt listen(
            Caller caller, @PathVariable WorkflowId id, @RequestParam(defaultValue = "false") boolean takeOver) {
        var listener = listening.begin(caller, id, takeOver);
        return new ListeningAt(address + "/hooks-test/" + listener.path(), listener.path(), listener.expiresAt());
    }

    @Requires(Permission.RUN_EXECUTE)
    @DeleteMapping("/api/v1/workflows/{id}/listen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stopListening(Caller caller, @PathVariable WorkflowId id) {
        listening.end(caller, id);
    }
}
