package dev.cadre.platform.decision.internal.feel;

import java.util.List;

/** What an input entry of a rule asks of the value of its column. */
public sealed interface UnaryTest {

    /** {@code -} */
    record Anything() implements UnaryTest {}

    /** {@code > 5} */
    record Compared(Expression.Operator operator, Expression with) implements UnaryTest {}

    /** {@code [1..5)} */
    record Within(Expression low, boolean withLow, Expression high, boolean withHigh) implements UnaryTest {}

    /** {@code "gold"}: the same value, or one of a list. */
    record Same(Expression as) implements UnaryTest {}

    /** {@code ? > 5 and ? < 9} */
    record Holds(Expression condition) implements UnaryTest {}

    /** {@code "a", "b"} */
    record Either(List<UnaryTest> tests) implements UnaryTest {}

    /** {@code not("a", "b")} */
    record Not(UnaryTest of) implements UnaryTest {}
}
