package dev.cadre.platform.workflow;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One element of a workflow that a token can reach. {@code name} is what was drawn, the id where nothing was. */
public sealed interface Node {

    /** Stands behind the id of a drawn element in the ids of what the compiler adds for it. */
    String MARK = "\u00b7";

    String id();

    String name();

    /** The id of the drawn element that an element stands for; what the compiler adds is named after one. */
    static String drawn(String id) {
        int mark = id.indexOf(MARK);
        return mark < 0 ? id : id.substring(0, mark);
    }

    /** Where a run starts. {@code use} is a trigger step type, {@code connection} what its callers are checked by. */
    record Start(
            String id, String name, String use, @Nullable String connection, Template settings) implements Node {}

    /** Where a token ends; {@code output} is the run's, or the sub-process's, output. */
    record End(String id, String name, @Nullable Template output, Ending ending) implements Node {}

    /** What else an end does. */
    sealed interface Ending {
        record Plain() implements Ending {}

        /** Ends all tokens of the run, or of the sub-process it is in. */
        record Terminate() implements Ending {}

        /** The enclosing sub-process fails with the code; the run does where nothing catches it. */
        record Error(String code) implements Ending {}

        /** Tells the enclosing sub-processes, from the inside out, until one listens for the code. */
        record Escalation(String code) implements Ending {}
    }

    /** A step of a plugin or connector, or an event that is waited for or told: they are steps of the hub itself. */
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
            PARALLEL,
            /** Waits for all the events behind it and takes the way of the first one that happens. */
            EVENT
        }
    }

    /** An embedded sub-process, or what is compiled to one. */
    record Group(
            String id, String name, Scope body, @Nullable Each each, Role role) implements Node {
        public Group(String id, String name, Scope body, @Nullable Each each) {
            this(id, name, body, each, new Role.Plain());
        }
    }

    /** What a group is to those around it. */
    sealed interface Role {
        record Plain() implements Role {}

        /**
         * An agent with tools of its own: its token stays at the step {@code turn} until the agent is done.
         *
         * @param sequential whether one tool at a time runs
         */
        record Agent(String turn, List<Tool> tools, boolean sequential) implements Role {}

        /**
         * One call of a tool: begins when a model wants it, beside the agent's own token.
         *
         * @param root the activity that is the tool
         * @param single whether nothing is drawn behind the activity
         * @param tells whether a failure is told to the model, instead of failing the run
         */
        record Call(String root, boolean single, boolean tells) implements Role {}
    }

    /**
     * A tool as a model sees it.
     *
     * @param group the group with the role {@link Role.Call} that is a call of it
     * @param name the id of the activity
     * @param schema JSON Schema of its arguments
     */
    record Tool(String group, String name, String description, Map<String, Object> schema) {}

    /** Another way out of, or besides, the activity it is attached to; {@code interrupting} ends the activity. */
    record Boundary(String id, String name, String attachedTo, Catching catching, boolean interrupting)
            implements Node {}

    /** What a boundary event or an event sub-process is there for. */
    sealed interface Catching {
        /** A failure with the code; null is every failure. */
        record Error(@Nullable String code) implements Catching {}

        /** An escalation with the code; null is every escalation. */
        record Escalation(@Nullable String code) implements Catching {}

        /** What the step waits for: a time, a message, a signal. */
        record Event(Step step) implements Catching {}
    }

    /** Tells the enclosing sub-processes and goes on. */
    record Escalate(String id, String name, String code) implements Node {}

    /** Undoes what was done: runs the compensation handlers of {@code activity}, of the whole scope where it is null. */
    record Compensate(String id, String name, @Nullable String activity) implements Node {}

    /**
     * For each item of a list: {@code as} names the item in expressions.
     *
     * @param parallelism how many items are worked on at once, 1 when sequential
     */
    record Each(Expression in, String as, int parallelism, OnItemError onItemError) {
        public boolean sequential() {
            return parallelism == 1;
        }
    }

    /** What follows when an item fails and nothing around it catches that. */
    enum OnItemError {
        /** The run fails there and can be retried from there. */
        FAIL,
        /** The other items go on; the failed one's result is {@code {error: {code, message}}}. */
        CONTINUE
    }

    /**
     * What happens when a step fails.
     *
     * @param attempts in all, at least 1
     * @param backoff before the second attempt, times {@code multiplier} for each further one up to {@code maxBackoff}
     * @param timeout of one attempt
     * @param fallback the output under {@link OnError#DEFAULT}
     * @param budget what an agent's models may cost, in US dollars; null without a bound
     */
    record Policy(
            int attempts,
            Duration backoff,
            double multiplier,
            Duration maxBackoff,
            Duration timeout,
            OnError onError,
            @Nullable Template fallback,
            @Nullable BigDecimal budget,
            Delivery delivery) {

        /** With the delivery that steps have unless they say otherwise. */
        public Policy(
                int attempts,
                Duration backoff,
                double multiplier,
                Duration maxBackoff,
                Duration timeout,
                OnError onError,
                @Nullable Template fallback) {
            this(attempts, backoff, multiplier, maxBackoff, timeout, onError, fallback, null, Delivery.AT_LEAST_ONCE);
        }

        public boolean atMostOnce() {
            return delivery == Delivery.AT_MOST_ONCE;
        }
    }

    /** What an attempt is followed by whose outcome nobody knows. */
    enum Delivery {
        /** Another one, with the same idempotency key. */
        AT_LEAST_ONCE,
        /** A person's decision. */
        AT_MOST_ONCE
    }

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
