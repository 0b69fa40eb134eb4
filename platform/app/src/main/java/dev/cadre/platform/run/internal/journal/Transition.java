package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.Node;
import dev.cadre.spi.StepException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One move of a run from a commit to the next: what the engine reaches, what instant steps answer and what is to be
 * written. The engine's behaviors find it as the current one of their thread.
 */
public final class Transition {

    private static final ScopedValue<Transition> CURRENT = ScopedValue.newInstance();

    /** How a token goes on. */
    public sealed interface Outcome {
        record Leave() implements Outcome {}

        record Wait() implements Outcome {}

        /** Takes the error boundary that catches the code. */
        record Branch(String code) implements Outcome {}

        /** Tells the scopes around and goes on. */
        record Escalate(String code) implements Outcome {}

        /** Reaches the element once more, after a person asked for a retry. */
        record Again() implements Outcome {}
    }

    /** A durable task that this transition opens or takes up again. */
    public record Opened(TaskEntry task, Instant dueAt) {}

    private final RunState run;
    private final StepActivation activation;
    private final Instant at;
    private final boolean starting;
    private final List<TaskEntry> created = new ArrayList<>(4);
    private final List<TaskEntry> changed = new ArrayList<>(2);
    private final List<Opened> leased = new ArrayList<>(2);
    private final List<TaskId> released = new ArrayList<>(1);
    private final Map<TaskId, List<LogLine>> logs = new LinkedHashMap<>(2);
    private final StringBuilder path = new StringBuilder();
    private Outcome outcome = new Outcome.Again();
    private @Nullable Response response;
    private @Nullable String deciding;
    private final Map<String, StepError> caught = new LinkedHashMap<>(0);
    private boolean unpauses;
    private final Set<String> left = new HashSet<>(0);

    public Transition(RunState run, StepActivation activation, Instant at, boolean starting) {
        this.run = run;
        this.activation = activation;
        this.at = at;
        this.starting = starting;
    }

    public static Transition current() {
        return CURRENT.get();
    }

    public static boolean isCurrent() {
        return CURRENT.isBound();
    }

    /** Whether this thread moves a run whose tokens the engine's tables do not hold. */
    public static boolean isCurrentUnkept() {
        return CURRENT.isBound() && !CURRENT.get().run.keptByEngine();
    }

    /** Runs engine work with this as the current transition. */
    public <T> T call(Callable<T> work) {
        try {
            return ScopedValue.where(CURRENT, this).call(work::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- asked by the engine

    public void took(String flowId) {
        path.append(flowId)
                .append('@')
                .append(at.toEpochMilli() - run.startedAt().toEpochMilli())
                .append(';');
    }

    public boolean holds(String flowId, String iteration) {
        var flow = run.plan().flow(flowId);
        deciding = flow.source();
        var condition = flow.condition();
        try {
            return condition == null || condition.test(run.data(iteration));
        } catch (StepException e) {
            throw new AdvanceFailed(flow.source(), StepError.of(e), e);
        }
    }

    /** The element whose branches were looked at last, null before any. */
    public @Nullable String deciding() {
        return deciding;
    }

    public Outcome reach(String elementId, String iteration, String executionId) {
        var token = run.keptByEngine() ? executionId : Place.at(elementId);
        return switch (run.plan().node(elementId)) {
            case Node.Escalate escalate -> new Outcome.Escalate(escalate.code());
            case Node.Compensate compensate -> activation.compensations().begin(this, compensate, iteration, token);
            default -> {
                var step = run.plan().step(elementId);
                var each = step.each();
                yield each == null
                        ? activation.activate(this, step, iteration, token)
                        : activation.activateEach(this, step, each, iteration, token);
            }
        };
    }

    /** An execution is gone: what still hangs on it when the move is made is over. */
    public void left(String executionId) {
        left.add(executionId);
    }

    public boolean hasLeft(String executionId) {
        return left.contains(executionId);
    }

    /** What the waiting token does now that its task is done. */
    public Outcome outcome() {
        return outcome;
    }

    /** Takes up what an end gives; what else it does is the engine's part. */
    public Node.Ending end(String elementId, String iteration) {
        var end = (Node.End) run.plan().node(elementId);
        try {
            output(end, iteration);
        } catch (StepException e) {
            throw new AdvanceFailed(elementId, StepError.of(e), e);
        }
        if (end.ending() instanceof Node.Ending.Error thrown) {
            var error = new StepError(thrown.code(), "The workflow ended with this error at \"" + end.name() + "\".");
            if (!run.plan().catches(elementId, thrown.code())) {
                throw new AdvanceFailed(elementId, error, null);
            }
            caught(iteration, error);
        }
        return end.ending();
    }

    private void output(Node.End end, String iteration) {
        var template = end.output();
        var group = run.plan().around(end.id());
        boolean compensable =
                group.filter(it -> run.plan().compensation(it.id()).isPresent()).isPresent();
        if (template == null && !compensable) {
            return;
        }
        var value = template == null ? null : template.evaluate(run.data(iteration));
        if (group.isEmpty()) {
            run.conclude(value);
            return;
        }
        var row = entry(end, TaskEntry.END, iteration, 1, null);
        row.succeed(value, at);
        created.add(row);
        run.ended(group.get(), iteration, value);
    }

    /** What was caught last within an iteration, null where nothing was. */
    @Nullable
    StepError caught(String iteration) {
        StepError last = null;
        for (var entry : caught.entrySet()) {
            if (entry.getKey().equals(iteration) || entry.getKey().startsWith(iteration + "/")) {
                last = entry.getValue();
            }
        }
        return last;
    }

    /** A boundary or an event sub-process takes up what failed in an iteration. */
    void caught(String iteration, StepError error) {
        caught.remove(iteration);
        caught.put(iteration, error);
    }

    // ---- told by whoever moves the run

    public void outcome(Outcome next) {
        outcome = next;
    }

    public TaskEntry entry(
            Node node, String stepType, String iteration, int maxAttempts, @Nullable String executionId) {
        return new TaskEntry(
                TaskId.create(),
                node.id(),
                iteration,
                run.visit(node.id(), iteration),
                node.name(),
                stepType,
                maxAttempts,
                executionId,
                at);
    }

    void create(TaskEntry task) {
        created.add(task);
    }

    /** The task's row changes, if it is not new anyway. */
    public void touch(TaskEntry task) {
        if (!created.contains(task) && !changed.contains(task)) {
            changed.add(task);
        }
    }

    public void lease(TaskEntry task, Instant dueAt) {
        run.opened(task);
        leased.add(new Opened(task, dueAt));
    }

    /** The task waits for a person; with a time limit a lease wakes it up when that is over. */
    void ask(TaskEntry task, @Nullable Instant until) {
        task.await();
        run.opened(task);
        if (until != null) {
            leased.add(new Opened(task, until));
        }
    }

    public void release(TaskId task) {
        released.add(task);
    }

    /** The task is over with and leaves the table of work; one that has failed stays so in the journal. */
    public void cancel(TaskEntry task) {
        run.closed(task.id());
        if (task.status() == RunStatus.FAILED) {
            return;
        }
        task.cancel(at);
        touch(task);
        leased.removeIf(opened -> opened.task() == task);
        release(task.id());
    }

    /** What hangs on executions that this move has left is over. */
    public void interrupt() {
        if (left.isEmpty()) {
            return;
        }
        var interrupted = run.openTasks().stream()
                .filter(task -> task.executionId() != null && left.contains(task.executionId()))
                .toList();
        for (var task : interrupted) {
            drop(task);
            run.unstick(task.id());
            if (task.stepType().equals(TaskEntry.FOR_EACH)) {
                run.forgetLoop(task.elementId(), task.iteration());
            }
        }
        run.unstickAll(left);
        AgentCalls.interrupted(this, interrupted);
    }

    /** A task that this very move has opened was never there. */
    private void drop(TaskEntry task) {
        if (created.remove(task)) {
            run.closed(task.id());
            leased.removeIf(opened -> opened.task() == task);
            logs.remove(task.id());
        } else {
            cancel(task);
        }
    }

    public void log(TaskId task, List<LogLine> lines) {
        if (!lines.isEmpty()) {
            logs.computeIfAbsent(task, _ -> new ArrayList<>()).addAll(lines);
        }
    }

    public void respond(Response answer) {
        if (response == null) {
            response = answer;
        }
    }

    /** No token is left: the run has succeeded. */
    public void finish() {
        run.become(RunStatus.SUCCEEDED);
        run.openTasks().stream()
                .filter(task -> task.stepType().equals(TaskEntry.TIME_LIMIT))
                .findFirst()
                .ifPresent(this::drop);
    }

    /** The run's time begins, where its workflow limits it. */
    public void limitTime() {
        var timeout = run.plan().definition().policy().timeout();
        if (timeout != null) {
            var limit = entry(run.plan().step(Plan.TIME_LIMIT), TaskEntry.TIME_LIMIT, "", 1, null);
            create(limit);
            ask(limit, at.plus(timeout));
        }
    }

    /** The run goes on with this move if it was paused. */
    public void unpause() {
        unpauses = run.isPaused();
        run.paused(false);
    }

    boolean unpauses() {
        return unpauses;
    }

    /** The move is not made: what it opened is forgotten, what instant steps did before it failed stays to be seen. */
    public void abort() {
        leased.clear();
        created.removeIf(task -> task.endedAt() == null);
    }

    /** Takes over what instant steps of an aborted move did, to be seen. */
    public void adopt(Transition aborted) {
        aborted.created.stream().filter(task -> task.endedAt() != null).forEach(created::add);
    }

    /** A task that this move has changed. */
    public TaskEntry changedTask(TaskId task) {
        return changed.stream()
                .filter(entry -> entry.id().equals(task))
                .findFirst()
                .orElseThrow();
    }

    public RunState run() {
        return run;
    }

    public StepActivation activation() {
        return activation;
    }

    public Instant at() {
        return at;
    }

    public boolean starting() {
        return starting;
    }

    public List<TaskEntry> created() {
        return created;
    }

    public List<TaskEntry> changed() {
        return changed;
    }

    public List<Opened> leased() {
        return leased;
    }

    public List<TaskId> released() {
        return released;
    }

    public Map<TaskId, List<LogLine>> logs() {
        return logs;
    }

    public String path() {
        return path.toString();
    }

    public @Nullable Response response() {
        return response;
    }
}
