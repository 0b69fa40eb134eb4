package dev.cadre.platform.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every run of a workflow.
 *
 * @param timeout how long a run may take, null for as long as it likes
 * @param limits how many runs go on, null for as many as there are
 * @param priority 0 to 9; more goes first where runs wait for each other
 */
public record RunPolicy(
        @Nullable Duration timeout, @Nullable Limits limits, int priority) {

    public static final int LEAST_PRIORITY = 0;
    public static final int USUAL_PRIORITY = 5;
    public static final int MOST_PRIORITY = 9;

    /** Without any limit. */
    public static final RunPolicy USUAL = new RunPolicy(null, null, USUAL_PRIORITY);

    /**
     * Runs over a limit wait.
     *
     * @param concurrency how many go on at once, null for any number
     * @param rate how many begin within {@code window}, null for any number
     */
    public record Limits(
            @Nullable Integer concurrency, @Nullable Integer rate, Duration window) {}
}
