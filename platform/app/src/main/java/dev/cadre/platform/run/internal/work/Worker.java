package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.connector.ConnectionLimits;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.workflow.Node;
import dev.cadre.spi.StepException;
import dev.cadre.spi.http.HttpClient;
import jakarta.annotation.PostConstruct;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Works on a durable task: performs attempts until there is a result, and brings it home. */
@Component
class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    /** Who waits for a place is woken up; it looks by itself in case nobody does. */
    private static final Duration PLACE_LOOK = Duration.ofSeconds(30);

    private static final int MAX_OUTPUT = 5 * 1024 * 1024;

    private final Workbench workbench;
    private final StepTypes stepTypes;
    private final HttpClient http;
    private final AgentWork agents;
    private final CallWork calls;
    private final Postponement postponement;
    private final Completion completion;
    private final Beginnings beginnings;
    private final TimeLimit timeLimit;
    private final ConnectionLimits limits;
    private final ConnectionQueue connections;

    Worker(
            Workbench workbench,
            StepTypes stepTypes,
            HttpClient http,
            AgentWork agents,
            CallWork calls,
            Postponement postponement,
            Completion completion,
            Beginnings beginnings,
            TimeLimit timeLimit,
            ConnectionLimits limits,
            ConnectionQueue connections) {
        this.workbench = workbench;
        this.stepTypes = stepTypes;
        this.http = http;
        this.agents = agents;
        this.calls = calls;
        this.postponement = postponement;
        this.completion = completion;
        this.beginnings = beginnings;
        this.timeLimit = timeLimit;
        this.limits = limits;
        this.connections = connections;
    }

    @PostConstruct
    void employ() {
        workbench.employ(this::work);
    }

    /** The job to do later, empty when the task is done or no longer this node's. */
    private Optional<Job> work(Job job) {
        try {
            return Walls.within(job.organization(), () -> attempt(job));
        } catch (RuntimeException | StackOverflowError e) {
            log.error(
                    "Task {} of run {} can't be brought home; another node or a restart takes it up",
                    job.task(),
                    job.run(),
                    e);
            return Optional.empty();
        }
    }

    private Optional<Job> attempt(Job job) {
        if (job.attempt() > 1 || job.dueAt().isAfter(job.startedAt())) {
            // Who waits for somebody outside goes on waiting while it is woken up: an answer counts at any moment.
            var resumed = DatabaseFailures.patiently(
                    workbench::isOpen, () -> isOutside(job) ? postponement.look(job) : postponement.resume(job));
            if (resumed instanceof Postponement.Resumed.Held held) {
                completion.finish(job, held.result());
            }
            if (!(resumed instanceof Postponement.Resumed.Now)) {
                return Optional.empty();
            }
        }
        if (TimeLimit.isOf(job)) {
            timeLimit.runOut(job);
            return Optional.empty();
        }
        var place = limits(job);
        if (place.isEmpty()) {
            return work(job, new TaskLog());
        }
        if (!connections.enter(job, place.get())) {
            var lines = new TaskLog();
            lines.info("Waits for a place at the connection \"" + place.get().name() + "\".");
            return later(job, Instant.now().plus(PLACE_LOOK), job.attempt(), null, lines);
        }
        try {
            return work(job, new TaskLog());
        } finally {
            connections.leave(place.get());
        }
    }

    private Optional<ConnectionLimits.Limit> limits(Job job) {
        var connection = job.step().connection();
        return connection == null ? Optional.empty() : limits.of(job.organization(), connection);
    }

    private Optional<Job> work(Job job, TaskLog lines) {
        var context = new DurableContext(job, job.idempotencyKey(), http, lines);
        try {
            if (job.agent() != null) {
                turn(job, job.agent(), lines);
                return Optional.empty();
            }
            var output = bounded(perform(job, context, lines));
            completion.finish(job, new Completion.Result(output, null, lines.take(), context.response()));
            return Optional.empty();
        } catch (DurableContext.Postponed postponed) {
            return later(job, postponed.until(), job.attempt(), null, lines);
        } catch (OutcomeUnknown e) {
            lines.warn(String.valueOf(e.getMessage()));
            completion.hold(job, e.error(), lines.take());
            return Optional.empty();
        } catch (InterruptedException e) {
            // Cancelled, or the hub stops: the lease says who goes on.
            return Optional.empty();
        } catch (Exception e) {
            return workbench.isOpen() || e instanceof StepException ? failed(job, e, lines) : Optional.empty();
        }
    }

    private Map<String, Object> perform(Job job, DurableContext context, TaskLog lines) throws Exception {
        var type = type(job);
        return switch (type.performer()) {
            case StepPerformer.ToolPerformer tool -> {
                Callable<Map<String, Object>> attempt = () -> Attempt.within(
                        job.step().policy().timeout(),
                        () -> tool.perform(job.organization(), job.input(), job.connection(), context));
                yield job.step().policy().atMostOnce() ? beginnings.once(job, attempt) : attempt.call();
            }
            case StepPerformer.AgentPerformer agent -> agents.perform(job, agent, lines);
            case StepPerformer.OutsidePerformer outside -> {
                context.waitUntil(outside.wake(job.organization(), job.input(), context));
                yield Map.of();
            }
            case StepPerformer.CallPerformer _ -> calls.perform(job);
            case StepPerformer.TriggerPerformer _ ->
                throw new StepException.Rejected(
                        "NOT_A_STEP", "\"" + type.title() + "\" starts workflows, it can't be a step in one.");
        };
    }

    private boolean isOutside(Job job) {
        return stepTypes
                .find(job.step().use())
                .filter(type -> type.performer() instanceof StepPerformer.OutsidePerformer)
                .isPresent();
    }

    /** The agent goes on to the point where it is done, or where its tools are called. */
    private void turn(Job job, Node.Role.Agent drawn, TaskLog lines) throws InterruptedException {
        if (!(type(job).performer() instanceof StepPerformer.AgentPerformer agent)) {
            throw new StepException.Rejected("NOT_AN_AGENT", "\"" + job.step().use() + "\" is no agent.");
        }
        switch (agents.turn(job, agent)) {
            case AgentWork.Decision.Finished(var output) ->
                completion.finish(job, new Completion.Result(bounded(output), null, lines.take(), null));
            case AgentWork.Decision.Call call -> completion.call(job, WantedCalls.of(drawn, call), lines.take());
        }
    }

    private StepType type(Job job) {
        return stepTypes
                .find(job.step().use())
                .orElseThrow(() -> new StepException.Retryable(
                        "STEP_TYPE_MISSING",
                        "No installed and enabled plugin offers the step type \""
                                + job.step().use() + "\"."));
    }

    private Optional<Job> failed(Job job, Exception failure, TaskLog lines) {
        var error = StepError.of(failure);
        boolean retry = !(failure instanceof StepException.Rejected)
                && job.attempt() < job.step().policy().attempts();
        if (!(failure instanceof StepException)) {
            log.info("Step {} of run {} threw {}", job.step().id(), job.run(), failure.toString());
        }
        if (retry) {
            var retryAfter = failure instanceof StepException.Retryable retryable ? retryable.retryAfter() : null;
            var pause = Backoff.after(job.attempt(), job.step().policy(), retryAfter);
            lines.warn("Attempt " + job.attempt() + " failed with " + error.code() + ": " + error.message()
                    + " Next attempt in " + pause.toMillis() + " ms.");
            return later(job, Instant.now().plus(pause), job.attempt() + 1, error, lines);
        }
        lines.warn("Failed with " + error.code() + ": " + error.message());
        completion.finish(job, new Completion.Result(null, error, lines.take(), null));
        return Optional.empty();
    }

    private Optional<Job> later(Job job, Instant dueAt, int attempt, @Nullable StepError error, TaskLog lines) {
        return DatabaseFailures.patiently(
                        workbench::isOpen, () -> postponement.postpone(job, dueAt, attempt, error, lines.take()))
                ? Optional.of(job.again(attempt, dueAt))
                : Optional.empty();
    }

    private static Map<String, Object> bounded(Map<String, Object> output) {
        int size = Json.bytes(output).length;
        if (size > MAX_OUTPUT) {
            throw new StepException.Rejected(
                    "OUTPUT_TOO_LARGE",
                    "The step gave " + size / 1024 / 1024 + " MB; at most " + MAX_OUTPUT / 1024 / 1024
                            + " MB are kept.");
        }
        return output;
    }
}
