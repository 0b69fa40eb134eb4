package dev.cadre.platform.run;

import dev.cadre.platform.shared.RunId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who waits for a run is told: its end, or the answer of a {@code respond} step before that.
 *
 * @param answer null unless a {@code respond} step has spoken
 */
public record RunOutcome(
        RunId run,
        RunStatus status,
        @Nullable Object output,
        @Nullable StepError error,
        @Nullable Answer answer) {

    /** An HTTP answer as the workflow gives it. */
    public record Answer(
            int status,
            Map<String, String> headers,
            @Nullable Object body) {}
}
