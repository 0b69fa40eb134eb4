package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.ParentStep;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunOutcome;
import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.platform.workflow.Workflows;
import dev.cadre.spi.StepException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Drives a step that calls a workflow. The called run has an id that follows from the step, so that it is started once
 * however often the step is taken up; its end wakes the step, which otherwise looks after a while by itself.
 */
@Component
class CallWork {

    /** A called run has ended; its parent's step has a result. */
    record Returned(ParentStep parent) {}

    private static final Logger log = LoggerFactory.getLogger(CallWork.class);
    static final int DEEPEST = 20;

    /** A run that ends so soon is waited for at once. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Between two looks at a called run whose end nobody told of. */
    private static final Duration LOOK = Duration.ofSeconds(60);

    private final CallStep step;
    private final Workflows workflows;
    private final Moves moves;
    private final RunActions actions;
    private final TriggerInput triggers;
    private final JdbcClient jdbc;
    private final DatabaseGate gate;
    private final Set<TaskId> awaited = ConcurrentHashMap.newKeySet();

    CallWork(
            CallStep step,
            Workflows workflows,
            Moves moves,
            RunActions actions,
            TriggerInput triggers,
            JdbcClient jdbc,
            DatabaseGate gate) {
        this.step = step;
        this.workflows = workflows;
        this.moves = moves;
        this.actions = actions;
        this.triggers = triggers;
        this.jdbc = jdbc;
        this.gate = gate;
    }

    /** Whether somebody here waits for the end of the run that the task has called. */
    boolean isAwaited(TaskId task) {
        return awaited.contains(task);
    }

    private record Called(
            RunStatus status,
            @Nullable Object output,
            @Nullable StepError error) {}

    Map<String, Object> perform(Job job) throws InterruptedException {
        var id = called(job);
        var known = find(id);
        if (known.isEmpty()) {
            awaited.add(job.task());
            try {
                return result(id, start(job, id));
            } finally {
                awaited.remove(job.task());
            }
        }
        var run = known.get();
        if (run.status() == RunStatus.FAILED && isNew(job, id)) {
            run = retried(job, id);
        }
        if (!run.status().ended()) {
            later(job, id);
        }
        return result(id, run);
    }

    private Called retried(Job job, RunId id) {
        try {
            actions.retry(job.organization(), id, Map.of());
        } catch (RunException e) {
            // It can't go on, as when its time is over: it stays failed.
            log.info("The called run {} can't be retried: {}", id, e.getMessage());
        }
        return find(id).orElseThrow();
    }

    /** Whether the step is tried once more, by its policy or by a person: what it has called goes on where it failed. */
    private boolean isNew(Job job, RunId id) {
        return gate.through(() -> jdbc.sql("update run set called_attempt = ? where id = ? and called_attempt < ?")
                        .params(job.attempt(), id.value(), job.attempt())
                        .update())
                == 1;
    }

    private Called start(Job job, RunId id) throws InterruptedException {
        var request = step.request(job.input());
        refuseDepth(job.run());
        var definition = definition(job, request);
        var input = triggers.of(definition, request.input());
        var start = new RunStarter.Start(
                job.organization(), definition, CallStep.ID, input, null, id, new ParentStep(job.run(), job.task()));
        try {
            var outcome = moves.start(start).outcome().get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            return outcome.status().ended() ? called(outcome) : find(id).orElseThrow();
        } catch (TimeoutException e) {
            later(job, id);
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Called called(RunOutcome outcome) {
        return new Called(outcome.status(), outcome.output(), outcome.error());
    }

    private WorkflowDefinition definition(Job job, CallStep.Request request) {
        var organization = job.organization();
        try {
            var workflow = new WorkflowId(UUID.fromString(request.workflow()));
            if (!workflows.mayCall(organization, job.workflow(), workflow)) {
                throw new StepException.Rejected(
                        "CALL_INVALID",
                        "The workflow to call belongs to another project. Call one of the own project, or of the whole organization.");
            }
            var version = request.version();
            return version == null || version.equals("published")
                    ? workflows.published(organization, workflow)
                    : workflows.version(organization, workflow, Integer.parseInt(version));
        } catch (IllegalArgumentException e) {
            throw new StepException.Rejected("CALL_INVALID", "The workflow to call is named by its id.", e);
        } catch (CadreException e) {
            throw new StepException.Rejected("CALL_INVALID", "The workflow can't be called: " + e.getMessage(), e);
        }
    }

    private void refuseDepth(RunId run) {
        int depth = gate.through(() ->
                jdbc.sql("""
                        with recursive up (id, depth) as (
                          select parent_run_id, 1 from run where id = ?
                          union all
                          select r.parent_run_id, up.depth + 1 from up join run r on r.id = up.id where up.depth < ?)
                        select count(*) from up where id is not null""").params(run.value(), DEEPEST).query(Integer.class).single());
        if (depth >= DEEPEST - 1) {
            throw new StepException.Rejected(
                    "CALL_TOO_DEEP", "Workflows call each other more than " + DEEPEST + " levels deep.");
        }
    }

    private void later(Job job, RunId id) {
        var end = job.startedAt().plus(job.step().policy().timeout());
        var now = Instant.now();
        if (!now.isBefore(end)) {
            actions.cancel(job.organization(), id, false);
            throw new StepException.Rejected(
                    "STEP_TIMEOUT",
                    "The called workflow did not end within "
                            + job.step().policy().timeout() + ".");
        }
        var look = now.plus(LOOK);
        throw new DurableContext.Postponed(look.isBefore(end) ? look : end);
    }

    private Map<String, Object> result(RunId id, Called run) {
        return switch (run.status()) {
            case SUCCEEDED -> step.result(new CallStep.Result(id.toString(), run.output()));
            case CANCELLED ->
                throw new StepException.Rejected("CALL_CANCELLED", "The called run " + id + " was cancelled.");
            case FAILED -> {
                var error = run.error();
                throw new StepException.Retryable(
                        error == null ? "CALL_FAILED" : error.code(),
                        "The called run " + id + " failed: " + (error == null ? "" : error.message()),
                        null);
            }
            case QUEUED, RUNNING, WAITING -> throw new IllegalStateException("The run " + id + " goes on");
        };
    }

    private static RunId called(Job job) {
        var name = job.idempotencyKey() + "/call";
        return new RunId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<Called> find(RunId id) {
        return gate.through(() -> jdbc.sql("select status, output, error from run where id = ?")
                .param(id.value())
                .query((row, _) -> {
                    var error = Json.readMap(row.getString("error"));
                    return new Called(
                            RunStatus.of(row.getString("status")),
                            Json.read(row.getString("output")),
                            error.isEmpty()
                                    ? null
                                    : new StepError(
                                            String.valueOf(error.get("code")), String.valueOf(error.get("message"))));
                })
                .optional());
    }
}
