package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.trigger.internal.schedule.ScheduleSettings.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule does now about the times that have come.
 *
 * @param fire the times to start runs for, in order
 * @param leftOut how many times get no run before the first of {@code fire}
 * @param next the first time that is still to come, null when there is none
 */
record DueTimes(List<Instant> fire, long leftOut, @Nullable Instant next) {

    /** A time that is later than this counts as missed. */
    static final Duration PUNCTUAL = Duration.ofMinutes(1);

    /** How many missed times are made up for at most. */
    static final int MOST = 100;

    /** Counting missed times ends here: more are as many. */
    private static final int COUNTED = 10_000;

    static DueTimes of(Timing timing, Missed policy, Instant firstDue, Instant now) {
        var limit = now.minus(PUNCTUAL);
        var punctual = new ArrayList<Instant>();
        var missed = new ArrayList<Instant>();
        long count = 0;
        var time = firstDue;
        for (; time != null && time.isBefore(limit); time = timing.next(time)) {
            missed.add(time);
            if (missed.size() > MOST) {
                missed.removeFirst();
            }
            if (++count == COUNTED) {
                missed = new ArrayList<>(lastBefore(timing, time, limit));
                time = missed.getLast();
            }
        }
        for (; time != null && !time.isAfter(now); time = timing.next(time)) {
            punctual.add(time);
        }
        var made = switch (policy) {
            case SKIP -> List.<Instant>of();
            case CATCH_UP_ONCE -> punctual.isEmpty() ? last(missed) : List.<Instant>of();
            case CATCH_UP_ALL -> missed;
        };
        var fire = new ArrayList<>(made);
        fire.addAll(punctual);
        return new DueTimes(fire, count - made.size(), time);
    }

    private static List<Instant> last(List<Instant> times) {
        return times.isEmpty() ? List.of() : List.of(times.getLast());
    }

    /** The last times before the limit, found from ever further back. */
    private static List<Instant> lastBefore(Timing timing, Instant reached, Instant limit) {
        for (var back = Duration.ofMinutes(MOST); ; back = back.multipliedBy(4)) {
            var from = limit.minus(back);
            boolean whole = !from.isAfter(reached);
            var times = new ArrayList<Instant>();
            var start = whole ? reached : from;
            for (var time = timing.next(start); time != null && time.isBefore(limit); time = timing.next(time)) {
                times.add(time);
                if (times.size() > MOST) {
                    times.removeFirst();
                }
            }
            if (times.size() >= MOST) {
                return times;
            }
            if (whole) {
                times.addFirst(reached);
                return times;
            }
        }
    }
}
