package dev.cadre.platform.trigger.internal.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The times that five fields of cron name, as cron itself understands them: where both days are restricted either one
 * will do; and where the clocks change, a fixed time that is skipped fires at the change, one that comes twice fires the
 * first time only, while {@code *} and steps from it follow real time.
 */
final class CronTimes {

    private static final int FIELDS = 5;

    private final String text;
    private final List<CronExpression> expressions;
    private final boolean fixed;

    private CronTimes(String text, List<CronExpression> expressions, boolean fixed) {
        this.text = text;
        this.expressions = expressions;
        this.fixed = fixed;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with what is wrong, for people
     */
    static CronTimes of(String text) {
        var fields = List.of(text.strip().split("\\s+"));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "must have five fields (minute, hour, day of month, month, day of week), such as 0 6 * * 1-5");
        }
        var day = fields.get(2);
        var weekday = fields.get(4);
        boolean either = !isAny(day) && !isAny(weekday);
        var expressions = either
                ? List.of(parse(fields, day, "*"), parse(fields, "*", weekday))
                : List.of(parse(fields, day, weekday));
        boolean fixed = !fields.get(0).startsWith("*") && !fields.get(1).startsWith("*");
        return new CronTimes(String.join(" ", fields), expressions, fixed);
    }

    private static boolean isAny(String field) {
        return field.startsWith("*") || field.equals("?");
    }

    private static CronExpression parse(List<String> fields, String day, String weekday) {
        try {
            return CronExpression.parse(
                    String.join(" ", "0", fields.get(0), fields.get(1), day, fields.get(3), weekday));
        } catch (IllegalArgumentException e) {
            var reason = String.valueOf(e.getMessage()).replaceFirst(" in cron expression.*", "");
            throw new IllegalArgumentException("is no cron expression: " + reason, e);
        }
    }

    String text() {
        return text;
    }

    /** The first time after the given one, null when no such day ever comes. */
    @Nullable
    Instant next(Instant after, ZoneId zone) {
        return fixed ? nextFixed(after, zone) : nextRepeated(after, zone);
    }

    private @Nullable Instant nextFixed(Instant after, ZoneId zone) {
        var local = LocalDateTime.ofInstant(after, zone);
        while (true) {
            var following = nextLocal(local);
            if (following == null) {
                return null;
            }
            var gap = zone.getRules().getTransition(following);
            var time = gap != null && gap.isGap()
                    ? gap.getInstant()
                    : following.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
            if (time.isAfter(after)) {
                return time;
            }
            local = following;
        }
    }

    /** Every offset of the zone has times of its own, up to the clock change that ends it. */
    private @Nullable Instant nextRepeated(Instant after, ZoneId zone) {
        var rules = zone.getRules();
        var from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            var following = nextLocal(LocalDateTime.ofInstant(from, offset));
            if (following == null) {
                return null;
            }
            var time = following.toInstant(offset);
            var change = rules.nextTransition(from);
            if (change == null || time.isBefore(change.getInstant())) {
                return time;
            }
            // just before the new offset begins, seen from it: its first moment counts too
            var first = nextLocal(change.getDateTimeAfter().minus(1, ChronoUnit.NANOS));
            if (first != null && first.equals(change.getDateTimeAfter())) {
                return change.getInstant();
            }
            from = change.getInstant();
        }
    }

    private @Nullable LocalDateTime nextLocal(LocalDateTime after) {
        return expressions.stream()
                .flatMap(expression -> Stream.ofNullable(expression.next(after)))
                .min(LocalDateTime::compareTo)
                .orElse(null);
    }
}
