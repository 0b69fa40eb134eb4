package dev.cadre.platform.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does not go on without a person: a failed run, or a task whose outcome is not known.
 *
 * @param id the run's, or the task's
 * @param taskId the task that failed or waits, null where the run failed between tasks
 * @param attempts of that task, 0 where there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeadLetter(
        UUID id,
        Kind kind,
        RunId runId,
        @Nullable TaskId taskId,
        WorkflowId workflowId,
        String workflowName,
        @Nullable String elementId,
        String code,
        String message,
        Instant since,
        int attempts) {

    /** What a person is needed for. */
    public enum Kind {
        FAILED_RUN,
        UNKNOWN_OUTCOME;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
