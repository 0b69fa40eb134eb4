package dev.cadre.schema;

import dev.cadre.schema.ScalarShape.Unfit;
import dev.cadre.spi.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of values without parts. Holds classes of the JDK and the SPI only. */
final class Scalars {

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int LONGEST_NUMBER = 400;

    private static final Map<Class<?>, ScalarShape> SHAPES = shapes();

    private Scalars() {}

    static @Nullable ScalarShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Map<Class<?>, ScalarShape> shapes() {
        var shapes = new HashMap<Class<?>, ScalarShape>();
        shapes.put(String.class, new ScalarShape(Scalars::text, same()));
        put(shapes, int.class, Integer.class, json -> (int) whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE));
        put(shapes, long.class, Long.class, json -> whole(json, Long.MIN_VALUE, Long.MAX_VALUE));
        put(shapes, double.class, Double.class, json -> number(json).doubleValue());
        put(shapes, boolean.class, Boolean.class, Scalars::truth);
        shapes.put(BigDecimal.class, new ScalarShape(Scalars::number, plainest()));
        shapes.put(BigInteger.class, new ScalarShape(Scalars::bigWhole, plainest()));
        shapes.put(Number.class, new ScalarShape(Scalars::anyNumber, plainest()));
        shapes.put(URI.class, parsed("a URI", URI::create));
        shapes.put(Duration.class, parsed("an ISO 8601 duration such as PT30S", Duration::parse));
        shapes.put(Instant.class, parsed("an RFC 3339 time such as 2026-01-31T12:00:00Z", Instant::parse));
        shapes.put(LocalDate.class, parsed("a date such as 2026-01-31", LocalDate::parse));
        shapes.put(ZoneId.class, parsed("a time zone such as Europe/Zurich", ZoneId::of));
        shapes.put(UUID.class, parsed("a UUID", UUID::fromString));
        shapes.put(
                byte[].class,
                new ScalarShape(
                        parser("Base64", Base64.getDecoder()::decode),
                        value -> Base64.getEncoder().encodeToString((byte[]) value)));
        shapes.put(Secret.class, new ScalarShape(parser("a secret that is not blank", Secret::new), Object::toString));
        return Map.copyOf(shapes);
    }

    private static void put(
            Map<Class<?>, ScalarShape> shapes, Class<?> primitive, Class<?> boxed, Function<Object, Object> reader) {
        var shape = new ScalarShape(reader, plainest());
        shapes.put(primitive, shape);
        shapes.put(boxed, shape);
    }

    private static Function<Object, Object> plainest() {
        return value -> value instanceof Number number ? JsonValues.number(number) : value;
    }

    private static Function<Object, Object> same() {
        return value -> value;
    }

    private static ScalarShape parsed(String what, Function<String, Object> parser) {
        return new ScalarShape(parser(what, parser), Object::toString);
    }

    private static Function<Object, Object> parser(String what, Function<String, Object> parser) {
        return json -> {
            if (json instanceof String text) {
                try {
                    return parser.apply(text);
                } catch (IllegalArgumentException | DateTimeException unreadable) {
                    throw new Unfit("must be " + what);
                }
            }
            throw new Unfit("must be " + what + ", not " + JsonValues.kind(json));
        };
    }

    /** Numbers and truth values become text: an expression that fills a whole field yields them with their type. */
    private static Object text(Object json) {
        return switch (json) {
            case String text -> text;
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Double number -> plain(number);
            case Float number -> plain(number.doubleValue());
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> throw new Unfit("must be text, not " + JsonValues.kind(json));
        };
    }

    private static String plain(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        return Double.toString(number);
    }

    private static Object truth(Object json) {
        if (json instanceof Boolean truth) {
            return truth;
        }
        if ("true".equals(json)) {
            return true;
        }
        if ("false".equals(json)) {
            return false;
        }
        throw new Unfit("must be true or false");
    }

    private static long whole(Object json, long least, long most) {
        if (json instanceof Integer number) {
            return number;
        }
        if (json instanceof Long number && number >= least && number <= most) {
            return number;
        }
        var number = number(json);
        if (number.compareTo(LONG_MIN) < 0 || number.compareTo(LONG_MAX) > 0 || !isWhole(number)) {
            throw new Unfit("must be a whole number");
        }
        long value = number.longValue();
        if (value < least || value > most) {
            throw new Unfit("must be a whole number from " + least + " to " + most);
        }
        return value;
    }

    private static Object bigWhole(Object json) {
        var number = number(json);
        if (!isWhole(number)) {
            throw new Unfit("must be a whole number");
        }
        return number.toBigInteger();
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static Object anyNumber(Object json) {
        return json instanceof Number number ? number : number(json);
    }

    private static BigDecimal number(Object json) {
        return switch (json) {
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case BigDecimal number -> bounded(number);
            case BigInteger number -> bounded(new BigDecimal(number));
            case Number number -> parse(number.toString());
            case String text -> parse(text.strip());
            default -> throw new Unfit("must be a number, not " + JsonValues.kind(json));
        };
    }

    private static BigDecimal parse(String text) {
        if (text.length() <= LONGEST_NUMBER) {
            try {
                return bounded(new BigDecimal(text));
            } catch (NumberFormatException notANumber) {
                throw new Unfit("must be a number");
            }
        }
        throw new Unfit("must be a number");
    }

    /** A number such as 1e999999999 is short to write and fills the memory once it is calculated with. */
    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > LONGEST_NUMBER || number.precision() > LONGEST_NUMBER) {
            throw new Unfit("must be a number of a sensible size");
        }
        return number;
    }
}
