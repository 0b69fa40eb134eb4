package dev.cadre.platform.live.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change as clients see it; {@code type} is {@code run}, {@code task} or {@code listen}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventMessage(
        String type,
        String runId,
        String workflowId,
        @Nullable String taskId,
        @Nullable String elementId,
        @Nullable String status,
        Instant at) {}
