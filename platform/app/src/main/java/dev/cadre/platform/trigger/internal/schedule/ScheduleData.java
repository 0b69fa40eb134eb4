package dev.cadre.platform.trigger.internal.schedule;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What workflows see as {@code trigger}.
 *
 * @param scheduledAt the time it was for
 * @param scheduledLocal the same by the clock of the time zone, with its offset
 * @param firedAt when the run was started, a moment later or, after downtime, much later
 * @param missed how many times before this one were left out since the last run
 * @param input as in the settings
 */
record ScheduleData(
        Instant scheduledAt,
        String scheduledLocal,
        Instant firedAt,
        String timeZone,
        long missed,
        @Nullable Object input) {

    static ScheduleData of(ScheduleReading.Schedule schedule, Instant time, Instant firedAt, long missed) {
        var zone = schedule.timing().zone();
        return new ScheduleData(
                time,
                OffsetDateTime.ofInstant(time, zone).toString(),
                firedAt,
                zone.getId(),
                missed,
                schedule.settings().input());
    }

    ScheduleData with(Object otherInput) {
        return new ScheduleData(scheduledAt, scheduledLocal, firedAt, timeZone, missed, otherInput);
    }
}
