package dev.cadre.platform.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one step in a run, as the journal has it.
 *
 * @param callId the turn and the model's name of the tool call that the task is, as {@code 2:call_1}; null for others
 * @param iteration which round of which for-each, or which call of which tool, as {@code orders[2]}; empty outside
 * @param calledRunId the run that a call has begun, also while it is under way; null for other steps
 * @param turns what an agent's model answered; null in lists and for other steps
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Task(
        TaskId id,
        RunId runId,
        String elementId,
        @Nullable TaskId parentTaskId,
        @Nullable String callId,
        String iteration,
        String name,
        String stepType,
        RunStatus status,
        int attempt,
        int maxAttempts,
        @Nullable Object input,
        @Nullable Object output,
        @Nullable StepError error,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        @Nullable Instant nextAttemptAt,
        @Nullable RunId calledRunId,
        Usage usage,
        @Nullable List<AgentTurn> turns) {

    /** One answer of an agent's model. */
    public record AgentTurn(int index, String model, String text, List<ToolCall> toolCalls, Usage usage, Instant at) {}

    /** A tool that the model asked for. */
    public record ToolCall(String id, String tool, @Nullable Object arguments) {}

    Task with(List<AgentTurn> agentTurns) {
        return new Task(
                id,
                runId,
                elementId,
                parentTaskId,
                callId,
                iteration,
                name,
                stepType,
                status,
                attempt,
                maxAttempts,
                input,
                output,
                error,
                startedAt,
                endedAt,
                durationMs,
                nextAttemptAt,
                calledRunId,
                usage,
                agentTurns);
    }
}
