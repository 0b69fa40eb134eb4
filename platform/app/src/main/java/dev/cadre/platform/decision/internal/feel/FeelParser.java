package dev.cadre.platform.decision.internal.feel;

import dev.cadre.platform.decision.internal.feel.Expression.Operator;
import java.math.BigDecimal;
import java.time.DateTimeException;
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

    /** Words of FEEL that begin or join what tables cannot do here. */
    private static final Set<String> REFUSED =
            Set.of("for", "some", "every", "if", "function", "external", "instance", "between", "in", "then", "else");

    private final List<Token> tokens;
    private final Set<String> names = new HashSet<>();
    private int at;
    private int depth;
    private int size;
    private boolean readsInput;

    private FeelParser(String text) {
        if (text.length() > LONGEST_CELL) {
            throw FeelInvalid.unreadable("it has more than " + LONGEST_CELL + " characters.");
        }
        this.tokens = Scanner.tokens(text);
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
        if (parser.peek().kind() == Token.Kind.END) {
            return new Cell<>(new Expression.Literal(null), Set.of(), 1);
        }
        var expression = parser.expression();
        parser.end();
        if (parser.readsInput) {
            throw FeelInvalid.unreadable("? stands for the input of a condition; there is none here.");
        }
        return new Cell<>(expression, parser.names, parser.size);
    }

    private UnaryTest cell() {
        if (peek().kind() == Token.Kind.END || peek().is("-") && tokens.size() == 2) {
            return new UnaryTest.Anything();
        }
        if (peek().is("not") && tokens.get(at + 1).is("(")) {
            at += 2;
            var tests = tests();
            expect(")");
            end();
            return new UnaryTest.Not(tests);
        }
        var tests = tests();
        end();
        return tests;
    }

    private UnaryTest tests() {
        var tests = new ArrayList<UnaryTest>();
        do {
            tests.add(test());
        } while (take(","));
        return tests.size() == 1 ? tests.getFirst() : new UnaryTest.Either(List.copyOf(tests));
    }

    private UnaryTest test() {
        size++;
        var operator = OPERATORS.get(peek().text());
        if (operator != null && peek().kind() == Token.Kind.SYMBOL) {
            at++;
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
        int start = at;
        var open = peek();
        if (!open.is("[") && !open.is("(") && !open.is("]")) {
            return null;
        }
        at++;
        if (!open.is("]") && (peek().is("]") || peek().is("("))) {
            at = start;
            return null;
        }
        var low = sum();
        if (!take("..")) {
            if (open.is("]")) {
                throw unexpected();
            }
            at = start;
            return null;
        }
        var high = sum();
        var close = peek();
        if (!close.is("]") && !close.is(")") && !close.is("[")) {
            throw unexpected();
        }
        at++;
        return new UnaryTest.Within(low, open.is("["), high, close.is("]"));
    }

    private Expression expression() {
        var left = conjunction();
        while (take("or")) {
            left = new Expression.Junction(false, left, conjunction());
        }
        return left;
    }

    private Expression conjunction() {
        var left = comparison();
        while (take("and")) {
            left = new Expression.Junction(true, left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        var left = sum();
        var operator = OPERATORS.get(peek().text());
        if (operator == null || peek().kind() != Token.Kind.SYMBOL) {
            return left;
        }
        at++;
        return new Expression.Comparison(operator, left, sum());
    }

    private Expression sum() {
        var left = product();
        while (peek().is("+") || peek().is("-")) {
            char operator = advance().text().charAt(0);
            left = new Expression.Arithmetic(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        var left = signed();
        while (peek().is("*") || peek().is("/")) {
            char operator = advance().text().charAt(0);
            left = new Expression.Arithmetic(operator, left, signed());
        }
        return left;
    }

    private Expression signed() {
        if (++depth > DEEPEST) {
            throw FeelInvalid.unreadable("it is nested more than " + DEEPEST + " levels deep.");
        }
        size++;
        var expression = take("-") ? negated(signed()) : primary();
        depth--;
        return expression;
    }

    private static Expression negated(Expression of) {
        return of instanceof Expression.Literal(BigDecimal number)
                ? new Expression.Literal(number.negate())
                : new Expression.Negation(of);
    }

    private Expression primary() {
        var token = advance();
        return switch (token.kind()) {
            case NUMBER -> new Expression.Literal(new BigDecimal(token.text()));
            case TEXT -> new Expression.Literal(token.text());
            case NAME -> named(token);
            case SYMBOL -> symbol(token);
            case END -> {
                at--;
                throw unexpected();
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
                expect(")");
                return inner;
            }
            case "[" -> {
                return list();
            }
            case "{" -> throw FeelInvalid.notAvailable("contexts { } are not available in tables here.");
            case "@" -> throw FeelInvalid.notAvailable("@ is not available here: write date(\"2026-01-31\").");
            default -> {
                at--;
                throw unexpected();
            }
        }
    }

    private Expression list() {
        var items = new ArrayList<Expression>();
        if (!take("]")) {
            do {
                items.add(expression());
            } while (take(","));
            expect("]");
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
                if (REFUSED.contains(token.text())) {
                    throw refused(token);
                }
            }
        }
        int start = at - 1;
        var function = functionName();
        if (function != null) {
            return call(function);
        }
        at = start + 1;
        return reference(token);
    }

    private static FeelInvalid refused(Token token) {
        return FeelInvalid.notAvailable("\"" + token.text() + "\" is not available in tables here.");
    }

    /** The words before a parenthesis, which is read too; null, where no function is called. */
    private @Nullable String functionName() {
        var name = new StringBuilder(tokens.get(at - 1).text());
        if (peek().is("and")
                && name.toString().equals("date")
                && tokens.get(at + 1).is("time")) {
            name.append(" and");
            at++;
        }
        while (peek().kind() == Token.Kind.NAME && !peek().is("and") && !peek().is("or")) {
            name.append(' ').append(advance().text());
        }
        return take("(") ? name.toString() : null;
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
                } while (take(","));
                expect(")");
                if (arguments.size() != function.arity) {
                    throw FeelInvalid.unreadable(name + "() takes " + function.arity + " values.");
                }
                return new Expression.Call(function, List.copyOf(arguments));
            }
        }
        throw FeelInvalid.notAvailable("the function " + Values.clip(name) + "() is not available in tables here.");
    }

    private Expression temporal(String name, FeelType type) {
        var text = advance();
        if (text.kind() != Token.Kind.TEXT) {
            throw FeelInvalid.notAvailable(name + "() takes a text here, as " + example(name) + ".");
        }
        expect(")");
        try {
            boolean months = type == FeelType.DAYS_DURATION && isOfMonths(text.text());
            return new Expression.Literal(Values.temporal(months ? FeelType.MONTHS_DURATION : type, text.text()));
        } catch (DateTimeException | ArithmeticException e) {
            throw FeelInvalid.unreadable(text.shown() + " is no " + name + ": write " + example(name) + ".");
        }
    }

    private static boolean isOfMonths(String text) {
        return !text.contains("T") && (text.contains("Y") || text.contains("M"));
    }

    private static String example(String name) {
        return switch (name) {
            case "date" -> "date(\"2026-01-31\")";
            case "time" -> "time(\"10:30:00\")";
            case "duration" -> "duration(\"P1D\") or duration(\"P1Y2M\")";
            default -> "date and time(\"2026-01-31T10:30:00Z\")";
        };
    }

    private Expression reference(Token first) {
        var path = new ArrayList<String>();
        path.add(first.text());
        while (take(".")) {
            var next = advance();
            if (next.kind() != Token.Kind.NAME) {
                at--;
                throw unexpected();
            }
            path.add(next.text());
        }
        if (peek().is("[")) {
            throw FeelInvalid.notAvailable("filters [ ] are not available in tables here.");
        }
        names.add(first.text());
        return new Expression.Reference(List.copyOf(path));
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token advance() {
        return tokens.get(at++);
    }

    private boolean take(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String symbol) {
        if (!take(symbol)) {
            throw unexpected();
        }
    }

    private void end() {
        if (peek().kind() != Token.Kind.END) {
            throw unexpected();
        }
    }

    private FeelInvalid unexpected() {
        var token = peek();
        if (token.is("**")) {
            return FeelInvalid.notAvailable("powers ** are not available in tables here.");
        }
        if (token.kind() == Token.Kind.NAME && REFUSED.contains(token.text())) {
            return refused(token);
        }
        return FeelInvalid.unreadable(
                token.shown() + " is not expected there; text is written in quotes, as \"gold\".");
    }
}
