package dev.cadre.platform.decision.internal.feel;

import dev.cadre.platform.decision.internal.feel.Expression.Operator;
import java.util.List;
import java.util.Map;

/**
 * Says what is certain about types before any value is known; {@link FeelType#ANY} is what nothing is known of.
 *
 * @param names the types of the inputs that have one
 */
public record Typing(Map<String, FeelType> names) {

    /** The type of an expression; {@code input} is that of {@code ?}. */
    public FeelType of(Expression expression, FeelType input) {
        return switch (expression) {
            case Expression.Literal(var value) -> FeelType.of(value);
            case Expression.Input() -> input;
            case Expression.Reference(var path) ->
                path.size() == 1 ? names.getOrDefault(path.getFirst(), FeelType.ANY) : FeelType.ANY;
            case Expression.Negation(var of) -> demand("-", FeelType.NUMBER, of(of, input));
            case Expression.Arithmetic(var operator, var left, var right) ->
                calculated(operator, of(left, input), of(right, input));
            case Expression.Comparison(var operator, var left, var right) -> {
                compared(operator, of(left, input), of(right, input));
                yield FeelType.BOOLEAN;
            }
            case Expression.Junction(var and, var left, var right) -> {
                var name = and ? "and" : "or";
                demand(name, FeelType.BOOLEAN, of(left, input));
                yield demand(name, FeelType.BOOLEAN, of(right, input));
            }
            case Expression.Items(var items) -> {
                items.forEach(item -> of(item, input));
                yield FeelType.LIST;
            }
            case Expression.Call(var function, var arguments) -> {
                arguments.forEach(argument -> demand(function.title + "()", FeelType.STRING, of(argument, input)));
                yield function.result();
            }
        };
    }

    /**
     * Checks a test of a column.
     *
     * @throws FeelInvalid for one that can never hold
     */
    public void check(UnaryTest test, FeelType column) {
        switch (test) {
            case UnaryTest.Anything() -> {}
            case UnaryTest.Compared(var operator, var with) -> compared(operator, column, of(with, column));
            case UnaryTest.Within within -> range(within, column);
            case UnaryTest.Same(Expression.Literal(List<?> items))
            when column != FeelType.LIST -> items.forEach(item -> compared(Operator.EQUAL, column, FeelType.of(item)));
            case UnaryTest.Same(var as) -> {
                var type = of(as, column);
                if (type != FeelType.LIST) {
                    compared(Operator.EQUAL, column, type);
                }
            }
            case UnaryTest.Holds(var condition) -> demand("a condition", FeelType.BOOLEAN, of(condition, column));
            case UnaryTest.Either(var tests) -> tests.forEach(one -> check(one, column));
            case UnaryTest.Not(var of) -> check(of, column);
        }
    }

    private void range(UnaryTest.Within within, FeelType column) {
        compared(within.withLow() ? Operator.GREATER_OR_EQUAL : Operator.GREATER, column, of(within.low(), column));
        compared(within.withHigh() ? Operator.LESS_OR_EQUAL : Operator.LESS, column, of(within.high(), column));
        if (within.low() instanceof Expression.Literal(var low)
                && within.high() instanceof Expression.Literal(var high)) {
            var order = Values.compare(low, high);
            if (order == null) {
                throw FeelInvalid.type("the two ends of the range cannot be compared.");
            }
            if (order > 0 || order == 0 && !(within.withLow() && within.withHigh())) {
                throw FeelInvalid.type("nothing is in the range: its end is not behind its beginning.");
            }
        }
    }

    private static FeelType calculated(char operator, FeelType left, FeelType right) {
        if (operator == '+' && (left == FeelType.STRING || right == FeelType.STRING)) {
            demand("+ with text", FeelType.STRING, left);
            return demand("+ with text", FeelType.STRING, right);
        }
        if (operator == '+' && left == FeelType.ANY && right == FeelType.ANY) {
            return FeelType.ANY;
        }
        demand(String.valueOf(operator), FeelType.NUMBER, left);
        return demand(String.valueOf(operator), FeelType.NUMBER, right);
    }

    private static void compared(Operator operator, FeelType left, FeelType right) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (left != FeelType.ANY && right != FeelType.ANY && left != right) {
            throw FeelInvalid.type(left.words() + " is never " + right.words() + ".");
        }
        if (!equality && !(left.ordered() && right.ordered())) {
            throw FeelInvalid.type(
                    operator.sign + " does not work on " + (left.ordered() ? right : left).words() + ".");
        }
    }

    private static FeelType demand(String what, FeelType wanted, FeelType given) {
        if (given != FeelType.ANY && given != wanted) {
            throw FeelInvalid.type(what + " needs " + wanted.words() + ", not " + given.words() + ".");
        }
        return wanted;
    }
}
