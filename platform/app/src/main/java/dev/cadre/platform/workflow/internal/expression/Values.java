package dev.cadre.platform.workflow.internal.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as the browser sees them too: whole numbers are integers, text looks as {@code JSON.stringify} writes it. */
final class Values {

    private static final double EXACT = 9_007_199_254_740_992.0;

    private Values() {}

    /** The same value with whole numbers as integers; the same instance where nothing changes. */
    static @Nullable Object tidy(@Nullable Object value) {
        return switch (value) {
            case Double d -> whole(d);
            case Float f -> whole((double) f);
            case BigDecimal d -> whole(d);
            case Map<?, ?> map -> tidy(map);
            case List<?> list -> tidy(list);
            case null, default -> value;
        };
    }

    private static Object whole(double d) {
        return d == Math.rint(d) && Math.abs(d) <= EXACT ? integer((long) d) : (Object) d;
    }

    private static Object whole(BigDecimal d) {
        if (d.signum() == 0) {
            return 0;
        }
        boolean small = d.precision() - d.scale() <= 16;
        return small && d.stripTrailingZeros().scale() <= 0 ? integer(d.longValue()) : d;
    }

    private static Object integer(long value) {
        return value == (int) value ? (Object) (int) value : (Object) value;
    }

    private static Object tidy(Map<?, ?> map) {
        LinkedHashMap<Object, @Nullable Object> copy = null;
        for (var entry : map.entrySet()) {
            var was = entry.getValue();
            var is = tidy(was);
            if (is != was) {
                if (copy == null) {
                    copy = new LinkedHashMap<>(map);
                }
                copy.put(entry.getKey(), is);
            }
        }
        return copy == null ? map : copy;
    }

    private static Object tidy(List<?> list) {
        ArrayList<@Nullable Object> copy = null;
        int i = 0;
        for (var was : list) {
            var is = tidy(was);
            if (is != was) {
                if (copy == null) {
                    copy = new ArrayList<>(list);
                }
                copy.set(i, is);
            }
            i++;
        }
        return copy == null ? list : copy;
    }

    /** What JSONata's {@code $boolean} says of a value. */
    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Number n -> n.doubleValue() != 0;
            case String s -> !s.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> list.stream().anyMatch(Values::truth);
            case null, default -> false;
        };
    }

    /** Appends a value as part of a text: strings as they are, everything else as JSON. */
    static void text(@Nullable Object value, StringBuilder out) {
        if (value instanceof String s) {
            out.append(s);
        } else {
            json(value, out);
        }
    }

    private static void json(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case String s -> quoted(s, out);
            case Double d -> out.append(number(d));
            case BigDecimal d -> out.append(number(d.doubleValue()));
            case Map<?, ?> map -> {
                char separator = '{';
                for (var entry : map.entrySet()) {
                    out.append(separator);
                    quoted(String.valueOf(entry.getKey()), out);
                    out.append(':');
                    json(entry.getValue(), out);
                    separator = ',';
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                char separator = '[';
                for (var item : list) {
                    out.append(separator);
                    json(item, out);
                    separator = ',';
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case null, default -> out.append(value);
        }
    }

    /** A number as ECMAScript writes it: plain between 1e-7 and 1e21, else with an exponent. */
    static String number(double d) {
        if (d == Math.rint(d) && Math.abs(d) <= EXACT) {
            return Long.toString((long) d);
        }
        var shortest = new BigDecimal(Double.toString(d)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -7 && exponent < 21) {
            return shortest.toPlainString();
        }
        BigInteger unscaled = shortest.unscaledValue();
        var digits = unscaled.abs().toString();
        return (unscaled.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    private static void quoted(String s, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
