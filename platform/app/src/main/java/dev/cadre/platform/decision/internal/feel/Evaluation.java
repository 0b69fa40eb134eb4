package dev.cadre.platform.decision.internal.feel;

import dev.cadre.platform.decision.internal.feel.Expression.Arithmetic;
import dev.cadre.platform.decision.internal.feel.Expression.Call;
import dev.cadre.platform.decision.internal.feel.Expression.Junction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives expressions and tests their value.
 *
 * @param names the inputs of the table by name, as FEEL values or as JSON
 */
public record Evaluation(Map<String, ? extends @Nullable Object> names) {

    static final int LONGEST_TEXT = 100_000;

    /**
     * The value of an expression.
     *
     * @param input what {@code ?} is
     * @throws FeelFailure for values that an operator cannot work with
     */
    public @Nullable Object value(Expression expression, @Nullable Object input) {
        return switch (expression) {
            case Expression.Literal(var value) -> value;
            case Expression.Input() -> input;
            case Expression.Reference(var path) -> resolve(path);
            case Expression.Negation(var of) -> negated(value(of, input));
            case Arithmetic(var operator, var left, var right) ->
                calculated(operator, value(left, input), value(right, input));
            case Expression.Comparison(var operator, var left, var right) ->
                operator.holds(value(left, input), value(right, input));
            case Junction junction -> joined(junction, input);
            case Expression.Items(var items) -> {
                var values = new ArrayList<@Nullable Object>(items.size());
                items.forEach(item -> values.add(value(item, input)));
                yield values;
            }
            case Call(var function, var arguments) -> called(function, arguments, input);
        };
    }

    /** Whether a test holds; null when that cannot be said, as of a comparison with null. */
    public @Nullable Boolean holds(UnaryTest test, @Nullable Object input) {
        return switch (test) {
            case UnaryTest.Anything() -> true;
            case UnaryTest.Compared(var operator, var with) -> operator.holds(input, value(with, input));
            case UnaryTest.Within within -> isWithin(within, input);
            case UnaryTest.Same(var same) -> isSame(value(same, input), input);
            case UnaryTest.Holds(var condition) -> truth(value(condition, input));
            case UnaryTest.Not(var of) -> not(holds(of, input));
            case UnaryTest.Either(var tests) -> {
                Boolean either = false;
                for (var one : tests) {
                    either = or(either, holds(one, input));
                    if (Boolean.TRUE.equals(either)) {
                        break;
                    }
                }
                yield either;
            }
        };
    }

    private @Nullable Boolean isWithin(UnaryTest.Within range, @Nullable Object input) {
        var low = Values.compare(input, value(range.low(), input));
        var high = Values.compare(input, value(range.high(), input));
        if (low == null || high == null) {
            return null;
        }
        return (range.withLow() ? low >= 0 : low > 0) && (range.withHigh() ? high <= 0 : high < 0);
    }

    private static @Nullable Boolean isSame(@Nullable Object wanted, @Nullable Object input) {
        if (wanted instanceof List<?> list && !(input instanceof List)) {
            return list.stream().anyMatch(item -> Boolean.TRUE.equals(Values.equal(item, input)));
        }
        return Values.equal(input, wanted);
    }

    private @Nullable Object resolve(List<String> path) {
        Object value = names.get(path.getFirst());
        for (var key : path.subList(1, path.size())) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return path.size() == 1 ? value : Values.fromJson(value);
    }

    private @Nullable Object joined(Junction junction, @Nullable Object input) {
        var left = truth(value(junction.left(), input));
        if (left != null && left != junction.and()) {
            return left;
        }
        var right = truth(value(junction.right(), input));
        return junction.and() ? not(or(not(left), not(right))) : or(left, right);
    }

    private @Nullable Object called(Expression.Function function, List<Expression> arguments, @Nullable Object input) {
        var texts = new ArrayList<String>(2);
        for (var argument : arguments) {
            var value = value(argument, input);
            if (value == null) {
                return null;
            }
            if (!(value instanceof String text)) {
                throw new FeelFailure(function.title + "() works on text, not on "
                        + FeelType.of(value).words());
            }
            texts.add(text);
        }
        return function.apply(texts.getFirst(), texts.getLast());
    }

    private static @Nullable Object negated(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.negate();
            default -> throw new FeelFailure("- needs a number, not " + words(value));
        };
    }

    private static @Nullable Object calculated(char operator, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return null;
        }
        if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
            return switch (operator) {
                case '+' -> left.add(right, MathContext.DECIMAL128);
                case '-' -> left.subtract(right, MathContext.DECIMAL128);
                case '*' -> left.multiply(right, MathContext.DECIMAL128);
                default -> divided(left, right);
            };
        }
        if (operator == '+' && a instanceof String left && b instanceof String right) {
            if (left.length() + (long) right.length() > LONGEST_TEXT) {
                throw new FeelFailure("the text gets longer than " + LONGEST_TEXT + " characters");
            }
            return left + right;
        }
        throw new FeelFailure(operator + " does not work on " + words(a) + " and " + words(b));
    }

    private static BigDecimal divided(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw new FeelFailure("division by zero");
        }
        return left.divide(right, MathContext.DECIMAL128);
    }

    private static String words(Object value) {
        return value instanceof Map ? "an object" : FeelType.of(value).words();
    }

    private static @Nullable Boolean truth(@Nullable Object value) {
        return value instanceof Boolean truth ? truth : null;
    }

    static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static @Nullable Boolean or(@Nullable Boolean a, @Nullable Boolean b) {
        if (Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)) {
            return true;
        }
        return a == null || b == null ? null : false;
    }
}
