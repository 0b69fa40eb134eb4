package dev.cadre.platform.decision.internal.feel;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An expression of FEEL as far as tables need it: literals, names, arithmetic, comparison, and, or. Nothing repeats and
 * nothing calls itself, so that its cost is its length.
 */
public sealed interface Expression {

    /** A value as it is written. */
    record Literal(@Nullable Object value) implements Expression {}

    /** A name of the inputs, and the way into it. */
    record Reference(List<String> path) implements Expression {}

    /** {@code ?}, the value of the column. */
    record Input() implements Expression {}

    record Negation(Expression of) implements Expression {}

    record Arithmetic(char operator, Expression left, Expression right) implements Expression {}

    record Comparison(Operator operator, Expression left, Expression right) implements Expression {}

    record Junction(boolean and, Expression left, Expression right) implements Expression {}

    record Items(List<Expression> items) implements Expression {}

    record Call(Function function, List<Expression> arguments) implements Expression {}

    /** How two values are compared. */
    enum Operator {
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        EQUAL("="),
        NOT_EQUAL("!=");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** Null when the values cannot be compared. */
        @Nullable
        Boolean holds(@Nullable Object a, @Nullable Object b) {
            return switch (this) {
                case EQUAL -> Values.equal(a, b);
                case NOT_EQUAL -> Evaluation.not(Values.equal(a, b));
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(Values.compare(a, b));
            };
        }

        private @Nullable Boolean ordered(@Nullable Integer order) {
            if (order == null) {
                return null;
            }
            return switch (this) {
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
                case EQUAL, NOT_EQUAL -> null;
            };
        }
    }

    /** The functions that tables may call; all of them work on text. */
    enum Function {
        CONTAINS("contains", 2),
        STARTS_WITH("starts with", 2),
        ENDS_WITH("ends with", 2),
        LOWER_CASE("lower case", 1),
        UPPER_CASE("upper case", 1);

        final String title;
        final int arity;

        Function(String title, int arity) {
            this.title = title;
            this.arity = arity;
        }

        FeelType result() {
            return arity == 2 ? FeelType.BOOLEAN : FeelType.STRING;
        }

        Object apply(String text, String other) {
            return switch (this) {
                case CONTAINS -> text.contains(other);
                case STARTS_WITH -> text.startsWith(other);
                case ENDS_WITH -> text.endsWith(other);
                case LOWER_CASE -> text.toLowerCase(Locale.ROOT);
                case UPPER_CASE -> text.toUpperCase(Locale.ROOT);
            };
        }
    }

    /** Whether it can only give true or false. */
    default boolean isCondition() {
        return switch (this) {
            case Comparison _, Junction _ -> true;
            case Call call -> call.function().result() == FeelType.BOOLEAN;
            case Literal _, Input _, Reference _, Negation _, Arithmetic _, Items _ -> false;
        };
    }
}
