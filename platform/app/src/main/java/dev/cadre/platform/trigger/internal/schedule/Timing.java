package dev.cadre.platform.trigger.internal.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The times at which a schedule fires. */
sealed interface Timing {

    /** The first time after the given one, null when there is none. */
    @Nullable
    Instant next(Instant after);

    ZoneId zone();

    /** What it says, so that a schedule that has not changed is known for the same. */
    String text();

    /** At most {@code most} times after the given one, in order. */
    default List<Instant> next(Instant after, int most) {
        var times = new ArrayList<Instant>();
        for (var time = next(after); time != null && times.size() < most; time = next(time)) {
            times.add(time);
        }
        return times;
    }

    /** By the wall clock of a time zone. */
    record Cron(CronTimes times, ZoneId zone) implements Timing {
        @Override
        public @Nullable Instant next(Instant after) {
            return times.next(after, zone);
        }

        @Override
        public String text() {
            return "cron " + times.text() + " " + zone;
        }
    }

    /** Again and again, counted from {@code anchor} in real time: no clock change moves it. */
    record Every(Duration interval, Instant anchor, ZoneId zone) implements Timing {
        @Override
        public Instant next(Instant after) {
            if (after.isBefore(anchor)) {
                return anchor.plus(interval);
            }
            long passed = Duration.between(anchor, after).dividedBy(interval);
            return anchor.plus(interval.multipliedBy(passed + 1));
        }

        @Override
        public String text() {
            return "every " + interval;
        }
    }

    /** One time only. */
    record Once(Instant time, ZoneId zone) implements Timing {
        @Override
        public @Nullable Instant next(Instant after) {
            return time.isAfter(after) ? time : null;
        }

        @Override
        public String text() {
            return "at " + time;
        }
    }
}
