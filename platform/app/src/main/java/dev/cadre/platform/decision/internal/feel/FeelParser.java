package dev.cadre.platform.decision.internal.feel;

import dev.cadre.platform.decision.internal.feel.Expression.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads cells of a table; what is no part of what tables can do is refused by name. One cell, one parser. */
public final class FeelParser {

    public static final int LONGEST_CELL = 2_000;
    private static final int DEEPEST = 30;

    private static final Map<String, Operator> OPERATORS = operators();

    private final Cursor at;
    private final Set<String> names = new HashSet<>();
    private int depth;
    private int size;
    private boolean readsInput;

    private FeelParser(String text) {
        if (text.length() > LONGEST_CELL) {
            throw FeelInvalid.unreadable("it has more than " + LONGEST_CELL + " characters.");
        }
        this.at = new Cursor(Scanner.tokens(text));
    }

    /**
     * A cell that was read.
     *
     * @param names the names it reads
     * @param size how many parts it has: what it costs
     */
    public record Cell<T>(T content, Set<String> names, int size) {}

    private static Map<String, Operator> operators() {
        var operators = new HashMap<String, Operator>();
        for (var operator : Operator.values()) {
            operators.put(operator.sign, operator);
        }
        return Map.copyOf(operators);
    }

    /** An input entry; an empty one matches anything, as {@code -} does. */
    public static Cell<UnaryTest> test(String text) {
        var parser = new FeelParser(text);
        return new Cell<>(parser.cell(), parser.names, parser.size);
    }

    /** An input expression or an output entry; an empty one is null. */
    public static Cell<Expression> expression(String text) {
        var parser = new FeelParser(text);
        if (parser.at.peek().kind() == Token.Kind.END) {
            return new Cell<>(new Expression.Literal(null), Set.of(), 1);
        }
        var expression = parser.expression();
        parser.at.end();
        if (parser.readsInput) {
            throw FeelInvalid.unreadable("? stands for the input of a condition; there is none here.");
        }
        return new Cell<>(expression, parser.names, parser.size);
    }

    private UnaryTest cell() {
        if (at.peek().kind() == Token.Kind.END || at.peek().is("-") && at.isOnly()) {
            return new UnaryTest.Anything();
        }
        if (at.peek().is("not") && at.next().is("(")) {
            at.move(2);
            var tests = tests();
            at.expect(")");
            at.end();
            return new UnaryTest.Not(tests);
        }
        var tests = tests();
        at.end();
        return tests;
    }

    private UnaryTest tests() {
        var tests = new ArrayList<UnaryTest>();
        do {
            tests.add(test());
        } while (at.take(","));
        return tests.size() == 1 ? tests.getFirst() : new UnaryTest.Either(List.copyOf(tests));
    }

    private UnaryTest test() {
        size++;
        var operator = OPERATORS.get(at.peek().text());
        if (operator != null && at.peek().kind() == Token.Kind.SYMBOL) {
            at.move(1);
            return new UnaryTest.Compared(operator, sum());
        }
        var range = range();
        if (range != null) {
            return range;
        }
        boolean before = readsInput;
        readsInput = false;
        var expression = expression();
        boolean condition = readsInput || expression.isCondition();
        readsInput |= before;
        return condition ? new UnaryTest.Holds(expression) : new UnaryTest.Same(expression);
    }

    /** Null, with nothing read, where no range begins. */
    private UnaryTest.@Nullable Within range() {
        int start = at.mark();
        var open = at.peek();
        if (!open.is("[") && !open.is("(") && !open.is("]")) {
            return null;
        }
        at.move(1);
        if (!open.is("]") && (at.peek().is("]") || at.peek().is("("))) {
            at.back(start);
            return null;
        }
        var low = sum();
        if (!at.take("..")) {
            if (open.is("]")) {
                throw at.unexpected();
            }
            at.back(start);
            return null;
        }
        var high = sum();
        var close = at.peek();
        if (!close.is("]") && !close.is(")") && !close.is("[")) {
            throw at.unexpected();
        }
        at.move(1);
        return new UnaryTest.Within(low, open.is("["), high, close.is("]"));
    }

    private Expression expression() {
        var left = conjunction();
        while (at.take("or")) {
            left = new Expression.Junction(false, left, conjunction());
        }
        return left;
    }

    private Expression conjunction() {
        var left = comparison();
        while (at.take("and")) {
            left = new Expression.Junction(true, left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        var left = sum();
        var operator = OPERATORS.get(at.peek().text());
        if (operator == null || at.peek().kind() != Token.Kind.SYMBOL) {
            return left;
        }
        at.move(1);
        return new Expression.Comparison(operator, left, sum());
    }

    private Expression sum() {
        var left = product();
        while (at.peek().is("+") || at.peek().is("-")) {
            char operator = at.advance().text().charAt(0);
            left = new Expression.Arithmetic(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        var left = signed();
        while (at.peek().is("*") || at.peek().is("/")) {
            char operator = at.advance().text().charAt(0);
            left = new Expression.Arithmetic(operator, left, signed());
        }
        return left;
    }

    private Expression signed() {
        if (++depth > DEEPEST) {
            throw FeelInvalid.unreadable("it is nested more than " + DEEPEST + " levels deep.");
        }
        size++;
        var expression = at.take("-") ? negated(signed()) : primary();
        depth--;
        return expression;
    }

    private static Expression negated(Expression of) {
        return of instanceof Expression.Literal(BigDecimal number)
                ? new Expression.Literal(number.negate())
                : new Expression.Negation(of);
    }

    private Expression primary() {
        var token = at.advance();
        return switch (token.kind()) {
            case NUMBER -> new Expression.Literal(new BigDecimal(token.text()));
            case TEXT -> new Expression.Literal(token.text());
            case NAME -> named(token);
            case SYMBOL -> symbol(token);
            case END -> {
                at.move(-1);
                throw at.unexpected();
            }
        };
    }

    private Expression symbol(Token token) {
        switch (token.text()) {
            case "?" -> {
                readsInput = true;
                return new Expression.Input();
            }
            case "(" -> {
                var inner = expression();
                at.expect(")");
                return inner;
            }
            case "[" -> {
                return list();
            }
            case "{" -> throw FeelInvalid.notAvailable("contexts { } are not available in tables here.");
            case "@" -> throw FeelInvalid.notAvailable("@ is not available here: write date(\"2026-01-31\").");
            default -> {
                at.move(-1);
                throw at.unexpected();
            }
        }
    }

    private Expression list() {
        var items = new ArrayList<Expression>();
        if (!at.take("]")) {
            do {
                items.add(expression());
            } while (at.take(","));
            at.expect("]");
        }
        return items.stream().allMatch(Expression.Literal.class::isInstance)
                ? new Expression.Literal(literals(items))
                : new Expression.Items(List.copyOf(items));
    }

    private static List<@Nullable Object> literals(List<Expression> items) {
        var values = new ArrayList<@Nullable Object>();
        for (var item : items) {
            values.add(item instanceof Expression.Literal(var value) ? value : null);
        }
        return values;
    }

    private Expression named(Token token) {
        switch (token.text()) {
            case "true" -> {
                return new Expression.Literal(true);
            }
            case "false" -> {
                return new Expression.Literal(false);
            }
            case "null" -> {
                return new Expression.Literal(null);
            }
            default -> {
                if (Cursor.isRefused(token)) {
                    throw Cursor.refused(token);
                }
            }
        }
        int start = at.mark() - 1;
        var function = functionName();
        if (function != null) {
            return call(function);
        }
        at.back(start + 1);
        return reference(token);
    }

    /** The words before a parenthesis, which is read too; null, where no function is called. */
    private @Nullable String functionName() {
        var name = new StringBuilder(at.last().text());
        if (at.peek().is("and") && name.toString().equals("date") && at.next().is("time")) {
            name.append(" and");
            at.move(1);
        }
        while (at.peek().kind() == Token.Kind.NAME
                && !at.peek().is("and")
                && !at.peek().is("or")) {
            name.append(' ').append(at.advance().text());
        }
        return at.take("(") ? name.toString() : null;
    }

    private Expression call(String name) {
        var type = switch (name) {
            case "date" -> FeelType.DATE;
            case "time" -> FeelType.TIME;
            case "date and time" -> FeelType.DATE_TIME;
            case "duration" -> FeelType.DAYS_DURATION;
            default -> null;
        };
        if (type != null) {
            return temporal(name, type);
        }
        for (var function : Expression.Function.values()) {
            if (function.title.equals(name)) {
                var arguments = new ArrayList<Expression>();
                do {
                    arguments.add(expression());
                } while (at.take(","));
                at.expect(")");
                if (arguments.size() != function.arity) {
                    throw FeelInvalid.unreadable(name + "() takes " + function.arity + " values.");
                }
                return new Expression.Call(function, List.copyOf(arguments));
            }
        }
        throw FeelInvalid.notAvailable("the function " + Values.clip(name) + "() is not available in tables here.");
    }

    private Expression temporal(String name, FeelType type) {
        var text = at.advance();
        if (text.kind() != Token.Kind.TEXT) {
            throw TemporalLiteral.noText(name);
        }
        at.expect(")");
        return new Expression.Literal(TemporalLiteral.read(name, type, text.text()));
    }

    private Expression reference(Token first) {
        var path = new ArrayList<String>();
        path.add(first.text());
        while (at.take(".")) {
            var next = at.advance();
            if (next.kind() != Token.Kind.NAME) {
                at.move(-1);
                throw at.unexpected();
            }
            path.add(next.text());
        }
        if (at.peek().is("[")) {
            throw FeelInvalid.notAvailable("filters [ ] are not available in tables here.");
        }
        names.add(first.text());
        return new Expression.Reference(List.copyOf(path));
    }
}
