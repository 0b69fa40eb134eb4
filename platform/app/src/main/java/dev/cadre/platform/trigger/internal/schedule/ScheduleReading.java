package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.schema.RecordBinding;
import dev.cadre.schema.RecordBindings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a schedule: what they say, or everything that is wrong with them. */
final class ScheduleReading {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofDays(3660);

    static final RecordBinding<ScheduleSettings> SETTINGS = new RecordBindings().of(ScheduleSettings.class);

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final List<Violation> violations = new ArrayList<>();

    private ScheduleReading() {}

    /** A schedule that can be armed. */
    record Schedule(ScheduleSettings settings, Timing timing) {}

    /** What is wrong, each with a pointer into the settings. */
    static List<Violation> violations(Map<String, ?> values) {
        var reading = new ScheduleReading();
        reading.read(values, Instant.EPOCH);
        return reading.violations;
    }

    /**
     * Reads the settings.
     *
     * @param anchor where an interval counts from
     * @throws TriggerException {@code schedule-invalid}, with everything that is wrong
     */
    static Schedule schedule(Map<String, ?> values, Instant anchor) {
        var reading = new ScheduleReading();
        var schedule = reading.read(values, anchor);
        if (schedule == null || !reading.violations.isEmpty()) {
            throw TriggerException.scheduleInvalid(reading.violations);
        }
        return schedule;
    }

    private @Nullable Schedule read(Map<String, ?> values, Instant anchor) {
        var read = SETTINGS.tryRead(values);
        read.violations().forEach(wrong -> violations.add(new Violation(wrong.pointer(), wrong.message())));
        var settings = read.value();
        if (settings == null) {
            return null;
        }
        var zone = zone(settings.timeZone());
        var given = Stream.of(settings.cron(), settings.every(), settings.at())
                .filter(ScheduleReading::isGiven)
                .count();
        if (given != 1) {
            violations.add(new Violation(
                    "", given == 0 ? "needs one of cron, every and at" : "takes only one of cron, every and at"));
            return null;
        }
        var timing = timing(settings, anchor, zone);
        return timing == null ? null : new Schedule(settings, timing);
    }

    private @Nullable Timing timing(ScheduleSettings settings, Instant anchor, ZoneId zone) {
        var every = settings.every();
        if (every != null) {
            return every(every, anchor, zone);
        }
        var cron = settings.cron();
        return cron == null || cron.isBlank() ? once(String.valueOf(settings.at()), zone) : cron(cron, zone);
    }

    private static boolean isGiven(@Nullable Object value) {
        return value != null && !(value instanceof String text && text.isBlank());
    }

    private ZoneId zone(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return UTC;
        }
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        violations.add(new Violation("/timeZone", "is no IANA time zone, such as Europe/Berlin or UTC"));
        return UTC;
    }

    private @Nullable Timing cron(String text, ZoneId zone) {
        try {
            var cron = new Timing.Cron(CronTimes.of(text), zone);
            if (cron.next(Instant.EPOCH) != null) {
                return cron;
            }
            violations.add(new Violation("/cron", "names a day that never comes"));
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("/cron", String.valueOf(e.getMessage())));
        }
        return null;
    }

    private @Nullable Timing every(Duration interval, Instant anchor, ZoneId zone) {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            violations.add(new Violation("/every", "must be from PT1S to P3660D"));
            return null;
        }
        return new Timing.Every(interval.truncatedTo(ChronoUnit.MILLIS), anchor, zone);
    }

    private @Nullable Timing once(String text, ZoneId zone) {
        try {
            return new Timing.Once(instant(text.strip(), zone), zone);
        } catch (DateTimeException e) {
            violations.add(new Violation(
                    "/at", "must be a time such as 2026-12-31T18:00, or with an offset 2026-12-31T18:00:00Z"));
            return null;
        }
    }

    private static Instant instant(String text, ZoneId zone) {
        Instant time;
        try {
            time = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException notAnOffset) {
            time = LocalDateTime.parse(text).atZone(zone).toInstant();
        }
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
            throw new DateTimeException("out of range");
        }
        return time.truncatedTo(ChronoUnit.MILLIS); // the table keeps microseconds
    }
}
