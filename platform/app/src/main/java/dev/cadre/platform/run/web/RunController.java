package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.Run;
import dev.cadre.platform.run.RunFilter;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.Runs;
import dev.cadre.platform.run.Task;
import dev.cadre.platform.run.TaskLogLine;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.shared.web.PageQuery;
import dev.cadre.platform.workflow.Workflows;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened and happens: runs, their tasks and logs. */
@Tag(name = "runs")
@RestController
class RunController {

    /** Data that a retry corrects: merged into {@code vars}. */
    record RetryInput(@Nullable Map<String, Object> variables) {}

    /** {@code compensate} undoes what has succeeded before the run is cancelled; false where it is missing. */
    record CancelInput(@Nullable Boolean compensate) {}

    /** The workflow as it was drawn when the run started. */
    record Diagram(String bpmnXml) {}

    private final Runs runs;
    private final Workflows workflows;

    RunController(Runs runs, Workflows workflows) {
        this.runs = runs;
        this.workflows = workflows;
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/runs")
    PageOf<Run> list(
            Caller caller,
            PageQuery page,
            @RequestParam(required = false) @Nullable WorkflowId workflowId,
            @RequestParam(required = false) @Nullable ProjectId projectId,
            @RequestParam(required = false) @Nullable RunStatus status,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String q) {
        var before =
                page.isFirst() ? null : new RunId(UUID.fromString(page.after().getFirst()));
        var filter =
                new RunFilter(workflowId, projectId, status, from, to, q == null || q.isBlank() ? null : q, before);
        return page.page(
                runs.list(caller.organization(), filter, page.rows()),
                run -> List.of(run.id().toString()));
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/runs/{id}")
    Run get(Caller caller, @PathVariable RunId id) {
        return runs.get(caller.organization(), id);
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/runs/{id}/tasks")
    PageOf<Task> tasks(Caller caller, @PathVariable RunId id) {
        return new PageOf<>(runs.tasks(caller.organization(), id), null);
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/runs/{id}/diagram")
    Diagram diagram(Caller caller, @PathVariable RunId id) {
        var drawn = runs.drawn(caller.organization(), id);
        return new Diagram(workflows.bpmn(caller.organization(), drawn.workflow(), drawn.revision()));
    }

    @Requires(Permission.RUN_CANCEL)
    @PostMapping("/api/v1/runs/{id}/cancel")
    Run cancel(Caller caller, @PathVariable RunId id, @RequestBody(required = false) @Nullable CancelInput body) {
        return runs.cancel(caller.organization(), id, body != null && Boolean.TRUE.equals(body.compensate()));
    }

    /** What is at work finishes and its result is kept; nothing new begins. A run that is paused stays so. */
    @Requires(Permission.RUN_CANCEL)
    @PostMapping("/api/v1/runs/{id}/pause")
    Run pause(Caller caller, @PathVariable RunId id) {
        return runs.pause(caller.organization(), id);
    }

    /** What was due while the run was paused happens now. A run that is not paused goes on as it did. */
    @Requires(Permission.RUN_CANCEL)
    @PostMapping("/api/v1/runs/{id}/resume")
    Run resume(Caller caller, @PathVariable RunId id) {
        return runs.resume(caller.organization(), id);
    }

    @Requires(Permission.RUN_RETRY)
    @PostMapping("/api/v1/runs/{id}/retry")
    Run retry(Caller caller, @PathVariable RunId id, @RequestBody(required = false) @Nullable RetryInput body) {
        var variables = body == null || body.variables() == null ? Map.<String, Object>of() : body.variables();
        return runs.retry(caller.organization(), id, variables);
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/tasks/{id}")
    Task task(Caller caller, @PathVariable TaskId id) {
        return runs.task(caller.organization(), id);
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/tasks/{id}/logs")
    PageOf<TaskLogLine> logs(Caller caller, @PathVariable TaskId id) {
        return new PageOf<>(runs.logs(caller.organization(), id), null);
    }
}
