package dev.cadre.platform.run;

import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, newest first; null leaves a criterion out.
 *
 * @param project whose workflows' runs
 * @param text part of the workflow's name, or the beginning of a run's id
 * @param before only runs older than this one
 */
public record RunFilter(
        @Nullable WorkflowId workflow,
        @Nullable ProjectId project,
        @Nullable RunStatus status,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String text,
        @Nullable RunId before) {}
