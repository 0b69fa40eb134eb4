package dev.cadre.schema;

import dev.cadre.spi.StepException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The plain Java values that JSON has: maps, lists, texts, numbers, truth values and null. */
final class JsonValues {

    private static final int DEEPEST = 500;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private JsonValues() {}

    /** What a person calls the type of a JSON value. */
    static String kind(Object json) {
        return switch (json) {
            case String text -> "text";
            case Number number -> "a number";
            case Boolean truth -> "true or false";
            case List<?> list -> "a list";
            case Map<?, ?> object -> "an object";
            default -> "a " + json.getClass().getSimpleName();
        };
    }

    /** A number in its plainest type: 50 and not 50.0, an Integer before a Long before a BigDecimal. */
    static Number number(Number number) {
        return switch (number) {
            case Integer plain -> plain;
            case Long wide -> wide == wide.intValue() ? (Number) wide.intValue() : wide;
            case Double real -> real(real);
            case Float real -> real(Double.parseDouble(real.toString()));
            case BigDecimal decimal -> decimal(decimal);
            case BigInteger whole -> whole(whole);
            case Short small -> small.intValue();
            case Byte small -> small.intValue();
            default -> throw unfit("a " + number.getClass().getSimpleName());
        };
    }

    private static Number real(double real) {
        if (!Double.isFinite(real)) {
            throw unfit("the number " + real);
        }
        if (real == Math.rint(real) && Math.abs(real) < 1e15) {
            return number((long) real);
        }
        return real;
    }

    private static Number decimal(BigDecimal decimal) {
        if (decimal.signum() == 0) {
            return 0;
        }
        long digitsBeforePoint = (long) decimal.precision() - decimal.scale();
        if (digitsBeforePoint <= 19 && decimal.stripTrailingZeros().scale() <= 0) {
            return whole(decimal.toBigInteger());
        }
        return decimal;
    }

    private static Number whole(BigInteger whole) {
        if (whole.compareTo(LONG_MIN) >= 0 && whole.compareTo(LONG_MAX) <= 0) {
            return number(whole.longValue());
        }
        return new BigDecimal(whole);
    }

    /** The same value, or a copy where something in it needs another type. Refuses what is no JSON value. */
    static @Nullable Object checked(@Nullable Object value) {
        return checked(value, 0);
    }

    private static @Nullable Object checked(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new StepException.Rejected(
                    "INVALID_OUTPUT", "The output is nested more than " + DEEPEST + " levels deep.");
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> number(number);
            case Map<?, ?> object -> {
                var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(object.size());
                for (var entry : object.entrySet()) {
                    if (!(entry.getKey() instanceof String name)) {
                        throw unfit("a map whose keys are not text");
                    }
                    copy.put(name, checked(entry.getValue(), depth + 1));
                }
                yield copy;
            }
            case Iterable<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                for (var item : list) {
                    copy.add(checked(item, depth + 1));
                }
                yield copy;
            }
            default -> throw unfit("a " + value.getClass().getName());
        };
    }

    private static StepException.Rejected unfit(String what) {
        return new StepException.Rejected("INVALID_OUTPUT", "The output holds " + what + ", which JSON does not have.");
    }

    static @Nullable Object of(JsonNode node) {
        if (node.isObject()) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            node.properties().forEach(entry -> object.put(entry.getKey(), of(entry.getValue())));
            return object;
        }
        if (node.isArray()) {
            var list = new ArrayList<@Nullable Object>();
            node.forEach(item -> list.add(of(item)));
            return list;
        }
        if (node.isNumber()) {
            return number(node.numberValue());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.asString();
    }
}
