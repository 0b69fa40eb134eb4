package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers what an agent does while its step is tried, and tells it in the log. */
final class TrialMemory implements AgentMemory {

    private final TaskLog log;
    private final Map<String, ToolOutcome> outcomes = new ConcurrentHashMap<>();

    TrialMemory(TaskLog log) {
        this.log = log;
    }

    @Override
    public List<Turn> turns(Job job) {
        return List.of();
    }

    @Override
    public void write(Job job, Turn turn) {
        log.info("Turn " + turn.seq() + ", " + turn.model() + ", " + turn.inputTokens() + " + " + turn.outputTokens()
                + " tokens, USD " + turn.cost().toPlainString() + ": "
                + turn.message().text());
    }

    @Override
    public Optional<ToolOutcome> open(
            Job job, String callId, String name, String stepType, Map<String, Object> arguments) {
        log.info("Tool " + name + " is called with " + Json.text(arguments));
        return outcome(job, callId);
    }

    @Override
    public Place place(Job job, String callId, @Nullable String connection) {
        return () -> {};
    }

    @Override
    public void attemptAgain(Job job, String callId) {
        // A trial takes no places.
    }

    @Override
    public void begin(Job job, String callId, UUID mark) {
        // Nothing of a trial is taken up again.
    }

    @Override
    public Optional<ToolOutcome> outcome(Job job, String callId) {
        return Optional.ofNullable(outcomes.get(callId));
    }

    @Override
    public ToolOutcome close(Job job, String callId, @Nullable Object output, @Nullable StepError error) {
        var outcome = error == null
                ? new ToolOutcome(Json.text(output), false)
                : new ToolOutcome(Json.text(error.values()), true);
        log.info((error == null ? "It answered " : "It failed with ") + outcome.content());
        outcomes.put(callId, outcome);
        return outcome;
    }
}
