package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.shared.TaskId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task as the journal will have it after the current transition. Confined to the thread that holds the run. */
public final class TaskEntry {

    /** Step types of the rows that are not steps of a plugin. */
    public static final String FOR_EACH = "for-each";

    public static final String END = "end";

    /** An item of a for-each group that failed while the others go on. */
    public static final String ITEM = "for-each-item";

    /** Activities are undone, one after the other. */
    public static final String COMPENSATION = "compensation";

    /** A call of a tool that is drawn inside of an agent. */
    public static final String TOOL = "tool-call";

    /** The time limit of a whole run. */
    public static final String TIME_LIMIT = "run-timeout";

    private final TaskId id;
    private final String elementId;
    private final String iteration;
    private final int visit;
    private final String name;
    private final String stepType;
    private final Instant startedAt;
    private final @Nullable String executionId;
    private final int maxAttempts;
    private @Nullable TaskId parent;
    private @Nullable String callId;
    private RunStatus status = RunStatus.RUNNING;
    private int attempt = 1;
    private @Nullable Map<String, Object> input;
    private @Nullable Object output;
    private @Nullable StepError error;
    private @Nullable Instant endedAt;

    public TaskEntry(
            TaskId id,
            String elementId,
            String iteration,
            int visit,
            String name,
            String stepType,
            int maxAttempts,
            @Nullable String executionId,
            Instant startedAt) {
        this.id = id;
        this.elementId = elementId;
        this.iteration = iteration;
        this.visit = visit;
        this.name = name;
        this.stepType = stepType;
        this.maxAttempts = maxAttempts;
        this.executionId = executionId;
        this.startedAt = startedAt;
    }

    public TaskEntry under(TaskId parentTask) {
        this.parent = parentTask;
        return this;
    }

    /** Names the call that the task is; no other task under the same parent may have the name. */
    TaskEntry called(@Nullable String call) {
        this.callId = call;
        return this;
    }

    public TaskEntry with(@Nullable Map<String, Object> values) {
        this.input = values;
        return this;
    }

    /** Waits for a person, or for tools. */
    void await() {
        status = RunStatus.WAITING;
    }

    /** Has what it waited for. */
    void work() {
        status = RunStatus.RUNNING;
    }

    /** Waits for a person's decision about an attempt whose outcome nobody knows. */
    public void hold(StepError reason) {
        status = RunStatus.WAITING;
        error = reason;
    }

    public void succeed(@Nullable Object value, Instant at) {
        status = RunStatus.SUCCEEDED;
        output = value;
        error = null;
        endedAt = at;
    }

    /** What came with a failure, as a person's words with a refusal. */
    public void answered(@Nullable Object value) {
        output = value;
    }

    public void fail(StepError failure, Instant at) {
        status = RunStatus.FAILED;
        error = failure;
        endedAt = at;
    }

    public void cancel(Instant at) {
        status = RunStatus.CANCELLED;
        endedAt = at;
    }

    public void attempted(int attempts) {
        attempt = attempts;
    }

    /** Goes back to work, as after a retry by a person. */
    public void reopen() {
        status = RunStatus.RUNNING;
        attempt = 1;
        output = null;
        error = null;
        endedAt = null;
    }

    /** Overwrites what was read from the journal. */
    void restore(RunStatus journaled, int attempts, @Nullable Object value) {
        status = journaled;
        attempt = attempts;
        output = value;
    }

    public TaskId id() {
        return id;
    }

    public String elementId() {
        return elementId;
    }

    public String iteration() {
        return iteration;
    }

    public int visit() {
        return visit;
    }

    public String name() {
        return name;
    }

    public String stepType() {
        return stepType;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public @Nullable String executionId() {
        return executionId;
    }

    public int maxAttempts() {
        return maxAttempts;
    }

    public @Nullable TaskId parent() {
        return parent;
    }

    public @Nullable String callId() {
        return callId;
    }

    public RunStatus status() {
        return status;
    }

    public int attempt() {
        return attempt;
    }

    public @Nullable Map<String, Object> input() {
        return input;
    }

    public @Nullable Object output() {
        return output;
    }

    public @Nullable StepError error() {
        return error;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }
}
