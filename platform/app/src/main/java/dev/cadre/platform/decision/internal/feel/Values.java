package dev.cadre.platform.decision.internal.feel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** FEEL's values, how they compare, and how they come from and go to JSON. */
public final class Values {

    private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(9_007_199_254_740_992L);

    private Values() {}

    /** JSON as FEEL has it: every number is decimal. */
    public static @Nullable Object fromJson(@Nullable Object json) {
        return switch (json) {
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Double number -> BigDecimal.valueOf(number);
            case Float number -> BigDecimal.valueOf(number);
            case Number number -> BigDecimal.valueOf(number.longValue());
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> items.add(fromJson(item)));
                yield items;
            }
            case null, default -> json;
        };
    }

    /** A value as JSON: whole numbers are integers, dates and durations are text. */
    public static @Nullable Object toJson(@Nullable Object value) {
        return switch (value) {
            case BigDecimal number -> number(number);
            case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
            case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            case Temporal temporal -> temporal.toString();
            case Duration duration -> duration.toString();
            case Period period -> period.toString();
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> items.add(toJson(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, item) -> fields.put(String.valueOf(key), toJson(item)));
                yield fields;
            }
            case null, default -> value;
        };
    }

    private static Object number(BigDecimal number) {
        if (number.abs().compareTo(LARGEST_EXACT) <= 0
                && number.stripTrailingZeros().scale() <= 0) {
            long whole = number.longValue();
            return whole == (int) whole ? (Object) (int) whole : (Object) whole;
        }
        double near = number.doubleValue();
        return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(number) == 0 ? (Object) near : number;
    }

    static Object temporal(FeelType type, String text) {
        var stripped = text.strip();
        return switch (type) {
            case DATE -> LocalDate.parse(stripped);
            case TIME -> LocalTime.parse(stripped);
            case DAYS_DURATION -> Duration.parse(stripped);
            case MONTHS_DURATION -> months(Period.parse(stripped));
            case DATE_TIME ->
                DateTimeFormatter.ISO_DATE_TIME.parseBest(stripped, OffsetDateTime::from, LocalDateTime::from);
            case ANY, NUMBER, STRING, BOOLEAN, LIST -> text;
        };
    }

    private static Period months(Period period) {
        if (period.getDays() != 0) {
            throw new ArithmeticException("days");
        }
        return period.normalized();
    }

    /** Whether two values are the same; null when their types have nothing in common. */
    static @Nullable Boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (a instanceof List<?> one && b instanceof List<?> other) {
            return equalLists(one, other);
        }
        var order = compare(a, b);
        if (order != null) {
            return order == 0;
        }
        return a.getClass() == b.getClass() || a instanceof Map && b instanceof Map ? a.equals(b) : null;
    }

    private static boolean equalLists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!Boolean.TRUE.equals(equal(a.get(i), b.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The order of two values; null when they have none. A date and time without offset is compared as UTC. */
    static @Nullable Integer compare(@Nullable Object a, @Nullable Object b) {
        return switch (a) {
            case BigDecimal one when b instanceof BigDecimal other -> one.compareTo(other);
            case String one when b instanceof String other -> one.compareTo(other);
            case LocalDate one when b instanceof LocalDate other -> one.compareTo(other);
            case LocalTime one when b instanceof LocalTime other -> one.compareTo(other);
            case Duration one when b instanceof Duration other -> one.compareTo(other);
            case Period one when b instanceof Period other -> Long.compare(one.toTotalMonths(), other.toTotalMonths());
            case LocalDateTime one when b instanceof LocalDateTime other -> one.compareTo(other);
            case LocalDateTime _, OffsetDateTime _
            when isDateTime(b) -> instant(a).compareTo(instant(b));
            case null, default -> null;
        };
    }

    private static boolean isDateTime(@Nullable Object value) {
        return value instanceof LocalDateTime || value instanceof OffsetDateTime;
    }

    private static java.time.Instant instant(@Nullable Object value) {
        return switch (value) {
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case null, default -> throw new IllegalArgumentException("no date and time");
        };
    }

    static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
