package dev.cadre.platform.live.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change as clients see it.
 *
 * @param type {@code run}, {@code task}, {@code listen} (a request came to a draft's webhook) or {@code listen-ended}
 * @param runId null when listening ended
 * @param status of the run or task; why listening ended: {@code stopped}, {@code taken-over} or {@code deleted}
 * @param by name of the person who ended the listening
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventMessage(
        String type,
        @Nullable String runId,
        String workflowId,
        @Nullable String taskId,
        @Nullable String elementId,
        @Nullable String status,
        @Nullable String by,
        Instant at) {}
