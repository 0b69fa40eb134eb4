package dev.cadre.platform.run;

import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which dead letters; null leaves a criterion out. {@code from} and {@code to} are about since when they wait. */
public record DeadLetterFilter(
        @Nullable WorkflowId workflowId,
        @Nullable String code,
        @Nullable String elementId,
        @Nullable Instant from,
        @Nullable Instant to) {

    public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null);
}
