package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the trigger {@code schedule}: exactly one of {@code cron}, {@code every} and {@code at}.
 *
 * @param timeZone IANA name; UTC without one
 */
public record ScheduleSettings(
        @Field(label = "Cron", help = "Minute, hour, day of month, month, day of week: 0 6 * * 1-5.")
        @Size(max = 200)
        @Nullable
        String cron,

        @Field(label = "Interval", help = "ISO 8601, at least PT1S: PT15M, PT12H, P7D. Counts from the publication.")
        @Nullable
        Duration every,

        @Field(label = "Once at", help = "2026-12-31T18:00 in the time zone, or with an offset: 2026-12-31T18:00:00Z.")
        @Size(max = 40)
        @Nullable
        String at,

        @Field(label = "Time zone", help = "IANA name such as Europe/Berlin; UTC without one.")
        @Size(max = 60)
        @Nullable
        String timeZone,

        @Field(
                label = "After downtime",
                help =
                        "What becomes of times that are more than a minute late: they are skipped, made up for by one run"
                                + " for all, or by a run for each (the last 100).",
                defaultValue = "\"skip\"",
                advanced = true)
        Missed missed,

        @Field(
                label = "While the last run is under way",
                help = "allow: start the next one all the same. skip: leave this time out.",
                defaultValue = "\"allow\"",
                advanced = true)
        Overlap overlap,

        @Field(label = "Input", help = "JSON that every run sees as trigger.input.", advanced = true) @Nullable
        Object input) {

    /** What becomes of times at which nothing could fire. */
    public enum Missed {
        SKIP,
        CATCH_UP_ONCE,
        CATCH_UP_ALL
    }

    /** What happens when the schedule's last run has not ended. */
    public enum Overlap {
        ALLOW,
        SKIP
    }
}
