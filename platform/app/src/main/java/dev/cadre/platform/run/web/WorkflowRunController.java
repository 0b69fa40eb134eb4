package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.Run;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.run.Runs;
import dev.cadre.platform.run.StepTrial;
import dev.cadre.platform.run.internal.work.TriggerInput;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.platform.workflow.Workflows;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts runs of a workflow and tries single steps of it. */
@Tag(name = "workflows")
@RestController
class WorkflowRunController {

    /**
     * {@code version} is a published number or {@code "draft"}; without it the published version runs.
     *
     * @param priority 0 to 9, more goes first where runs wait for each other; what the workflow says where it is missing
     */
    record RunInput(
            @Nullable Object input,
            @Nullable Object version,
            @Min(0) @Max(9) @Nullable Integer priority) {}

    /** A run that was started. */
    record StartedRun(Run run) {}

    /** The data that the step sees, and the file to read it from instead of the saved draft. */
    record StepTestInput(
            @Nullable Map<String, Object> input, @Nullable String bpmnXml) {}

    private final Workflows workflows;
    private final RunStarter starter;
    private final Runs runs;
    private final TriggerInput triggers;
    private final StepTrial trial;
    private final ApplicationEventPublisher events;

    WorkflowRunController(
            Workflows workflows,
            RunStarter starter,
            Runs runs,
            TriggerInput triggers,
            StepTrial trial,
            ApplicationEventPublisher events) {
        this.events = events;
        this.workflows = workflows;
        this.starter = starter;
        this.runs = runs;
        this.triggers = triggers;
        this.trial = trial;
    }

    @Requires(Permission.RUN_EXECUTE)
    @PostMapping("/api/v1/workflows/{id}/run")
    ResponseEntity<StartedRun> run(
            Caller caller,
            @PathVariable WorkflowId id,
            @RequestParam(defaultValue = "0") int wait,
            @Valid @RequestBody(required = false) @Nullable RunInput body)
            throws InterruptedException {
        if (wait < 0 || wait > 60) {
            throw RunException.malformed("wait is a number of seconds from 0 to 60.");
        }
        var definition = definition(caller, id, body == null ? null : body.version());
        var start = start(definition);
        var input = triggers.of(definition, body == null ? null : body.input());
        var wanted = RunId.create();
        var started = starter.start(new RunStarter.Start(
                caller.organization(),
                definition,
                start.use(),
                input,
                caller.user(),
                wanted,
                null,
                body == null ? null : body.priority(),
                Audited.of(
                        caller.organization(),
                        "run.started",
                        Subject.of("run", wanted, definition.name()),
                        Map.of("workflow", id.toString(), "revision", definition.revision()))));
        boolean ended = wait > 0 && endsWithin(started, wait);
        var run = runs.get(caller.organization(), started.run());
        return ResponseEntity.status(ended && run.status().ended() ? 200 : 202)
                .location(URI.create("/api/v1/runs/" + run.id()))
                .body(new StartedRun(run));
    }

    /** The step runs for real, with whatever data it is given and past what stands before it: that is to edit. */
    @Requires(Permission.WORKFLOW_EDIT)
    @PostMapping("/api/v1/workflows/{id}/steps/{elementId}/test")
    StepTrial.Outcome test(
            Caller caller,
            @PathVariable WorkflowId id,
            @PathVariable String elementId,
            @RequestBody(required = false) @Nullable StepTestInput body) {
        var draft = body == null || body.bpmnXml() == null
                ? workflows.drawn(caller.organization(), id)
                : workflows.compile(caller.organization(), id, body.bpmnXml());
        var data = body == null || body.input() == null ? Map.<String, Object>of() : body.input();
        events.publishEvent(Audited.of(
                caller.organization(),
                "step.tested",
                Subject.of("workflow", id, draft.name()),
                Map.of("element", elementId)));
        return trial.perform(draft, elementId, data);
    }

    private WorkflowDefinition definition(Caller caller, WorkflowId id, @Nullable Object version) {
        return switch (version) {
            case null -> workflows.published(caller.organization(), id);
            case Integer number -> workflows.version(caller.organization(), id, number);
            case String text when text.equals("draft") -> workflows.draft(caller.organization(), id);
            default -> throw RunException.malformed("version is the number of a published version, or \"draft\".");
        };
    }

    private static Node.Start start(WorkflowDefinition definition) {
        return definition.body().nodes().stream()
                .filter(Node.Start.class::isInstance)
                .map(Node.Start.class::cast)
                .findFirst()
                .orElseThrow(() -> RunException.invalid("The workflow has no start."));
    }

    private static boolean endsWithin(RunStarter.Started started, int seconds) throws InterruptedException {
        try {
            started.outcome().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
