package dev.cadre.platform.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One element of a workflow that a token can reach. {@code name} is what was drawn, the id where nothing was. */
public sealed interface Node {

    String id();

    String name();

    /** Where a run starts. {@code use} is a trigger step type. */
    record Start(String id, String name, String use, Template settings) implements Node {}

    /** Where a token ends; {@code output} is the run's, or the sub-process's, output. */
    record End(String id, String name, @Nullable Template output) implements Node {}

    /** A step of a plugin or connector. */
    record Step(
            String id,
            String name,
            String use,
            @Nullable String connection,
            Template inputs,
            Policy policy,
            @Nullable Each each)
            implements Node {}

    /** A branch or a join; {@code defaultFlow} is taken when no condition holds. */
    record Gateway(
            String id, String name, Kind kind, @Nullable String defaultFlow) implements Node {
        /** How many ways a token takes. */
        public enum Kind {
            EXCLUSIVE,
            INCLUSIVE,
            PARALLEL
        }
    }

    /** An embedded sub-process. */
    record Group(
            String id, String name, Scope body, @Nullable Each each) implements Node {}

    /** Leaves the element it is attached to when that fails; {@code errorCode} null catches every code. */
    record ErrorBoundary(
            String id,
            String name,
            String attachedTo,
            @Nullable String errorCode) implements Node {}

    /** For each item of a list: {@code as} names the item in expressions. */
    record Each(Expression in, String as, boolean sequential) {}

    /**
     * What happens when a step fails.
     *
     * @param attempts in all, at least 1
     * @param backoff before the second attempt, times {@code multiplier} for each further one up to {@code maxBackoff}
     * @param timeout of one attempt
     * @param fallback the output under {@link OnError#DEFAULT}
     */
    record Policy(
            int attempts,
            Duration backoff,
            double multiplier,
            Duration maxBackoff,
            Duration timeout,
            OnError onError,
            @Nullable Template fallback) {}

    /** What follows a final failure. */
    enum OnError {
        /** The run fails and can be retried from here. */
        FAIL,
        /** The step's output is the given default. */
        DEFAULT,
        /** The attached error boundary event is taken. */
        BRANCH
    }
}
