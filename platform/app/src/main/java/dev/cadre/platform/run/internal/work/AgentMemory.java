package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.StepError;
import dev.cadre.spi.agent.Message;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an agent step has done so far: durable for a run, in memory for a trial. */
interface AgentMemory {

    /** One answer of the model, with the tools that it was offered. */
    record Turn(
            int seq,
            String model,
            Message.Assistant message,
            List<String> tools,
            long inputTokens,
            long outputTokens,
            BigDecimal cost) {}

    /** A finished tool call; {@code content} is what the model is told. */
    record ToolOutcome(String content, boolean failed) {}

    List<Turn> turns(Job job);

    void write(Job job, Turn turn);

    /** The tool call's outcome, empty while it has none; opens its task where it is new. */
    Optional<ToolOutcome> open(Job job, String callId, String name, String stepType, Map<String, Object> arguments);

    /** A place at a connection of which only so much may be asked. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until an attempt of the tool call may work with the connection; its place is free when the call is closed or attempted again as well. */
    Place place(Job job, String callId, @Nullable String connection) throws InterruptedException;

    /** The tool call will be attempted once more: its next attempt wants a place of its own. */
    void attemptAgain(Job job, String callId);

    /** A tool of an agent that works at most once begins; {@code mark} is the same for its further attempts. */
    void begin(Job job, String callId, UUID mark);

    Optional<ToolOutcome> outcome(Job job, String callId);

    ToolOutcome close(Job job, String callId, @Nullable Object output, @Nullable StepError error);
}
