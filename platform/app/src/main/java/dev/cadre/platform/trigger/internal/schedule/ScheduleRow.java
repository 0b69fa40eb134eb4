package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the table has it.
 *
 * @param anchor where an interval counts from
 * @param nextFireAt null when no time is to come
 * @param lastScheduledAt the time that the last run was for
 * @param missed times without a run since nothing could fire at them
 * @param skipped times without a run since the one before had not ended
 * @param leftOut how many of them there were since the last run
 */
record ScheduleRow(
        OrganizationId organization,
        WorkflowId workflow,
        int version,
        Map<String, Object> settings,
        Instant anchor,
        @Nullable Instant nextFireAt,
        @Nullable Instant pausedAt,
        @Nullable Instant lastScheduledAt,
        @Nullable Instant lastFiredAt,
        @Nullable RunId lastRun,
        long missed,
        long skipped,
        long leftOut,
        @Nullable String lastError) {

    ScheduleReading.Schedule schedule() {
        return ScheduleReading.schedule(settings, anchor);
    }
}
