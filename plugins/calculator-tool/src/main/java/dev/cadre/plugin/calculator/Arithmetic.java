package dev.cadre.plugin.calculator;

import dev.cadre.spi.StepException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads arithmetic by recursive descent and calculates while reading. It knows numbers, operators and a fixed list of
 * functions, nothing else.
 */
final class Arithmetic {

    private static final int DEEPEST = 50;
    private static final int LONGEST_NUMBER = 50;

    private final String text;
    private int position;
    private int depth;

    private Arithmetic(String text) {
        this.text = text;
    }

    static BigDecimal calculate(String text) {
        var arithmetic = new Arithmetic(text);
        var result = arithmetic.sum();
        if (arithmetic.peek() != END) {
            throw arithmetic.unexpected();
        }
        return result;
    }

    private static final char END = 0;

    private BigDecimal sum() {
        if (++depth > DEEPEST) {
            throw failure("It is nested more than " + DEEPEST + " levels deep");
        }
        var value = product();
        while (true) {
            int operator = position;
            if (take('+')) {
                value = at(operator, value, product(), Exact::add);
            } else if (take('-')) {
                value = at(operator, value, product(), Exact::subtract);
            } else {
                depth--;
                return value;
            }
        }
    }

    private BigDecimal product() {
        var value = signed();
        while (true) {
            int operator = position;
            if (take('*')) {
                value = at(operator, value, signed(), Exact::multiply);
            } else if (take('/')) {
                value = at(operator, value, signed(), Exact::divide);
            } else {
                return value;
            }
        }
    }

    /** A minus binds less than a power: -2^2 is -4. */
    private BigDecimal signed() {
        boolean negative = false;
        while (peek() == '-' || peek() == '+') {
            negative ^= text.charAt(position) == '-';
            position++;
        }
        var value = power();
        return negative ? value.negate() : value;
    }

    /** Powers are read from the right: 2^3^2 is 2^9. */
    private BigDecimal power() {
        var base = primary();
        int operator = position;
        if (!take('^')) {
            return base;
        }
        if (++depth > DEEPEST) {
            throw failure("It is nested more than " + DEEPEST + " levels deep");
        }
        var exponent = signed();
        depth--;
        return at(operator, base, exponent, Exact::power);
    }

    private BigDecimal primary() {
        char next = peek();
        if (take('(')) {
            var value = sum();
            expect(')');
            return value;
        }
        if (next >= '0' && next <= '9' || next == '.') {
            return number();
        }
        if (Character.isLetter(next)) {
            return named();
        }
        throw unexpected();
    }

    private BigDecimal number() {
        int start = position;
        skipDigits();
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            skipDigits();
        }
        if (position < text.length() && (text.charAt(position) | 32) == 'e') {
            int exponent = position++;
            if (position < text.length() && (text.charAt(position) == '+' || text.charAt(position) == '-')) {
                position++;
            }
            int digits = position;
            skipDigits();
            if (digits == position) {
                position = exponent;
            }
        }
        if (position - start > LONGEST_NUMBER) {
            throw failure("A number has more than " + LONGEST_NUMBER + " characters", start);
        }
        try {
            return Exact.bounded(new BigDecimal(text.substring(start, position)));
        } catch (ArithmeticException | NumberFormatException notANumber) {
            throw failure("\"" + text.substring(start, position) + "\" is not a number that can be used", start);
        }
    }

    private void skipDigits() {
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
    }

    private BigDecimal named() {
        int start = position;
        while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) {
            position++;
        }
        var name = text.substring(start, position).toLowerCase(Locale.ROOT);
        if (!take('(')) {
            var constant = Functions.constant(name);
            if (constant != null) {
                return constant;
            }
            throw failure("\"" + name + "\" is not known", start);
        }
        var arguments = new ArrayList<BigDecimal>();
        if (!take(')')) {
            do {
                arguments.add(sum());
            } while (take(','));
            expect(')');
        }
        return call(start, name, arguments);
    }

    private BigDecimal call(int start, String name, List<BigDecimal> arguments) {
        try {
            return Exact.bounded(Functions.call(name, arguments));
        } catch (ArithmeticException impossible) {
            throw failure(String.valueOf(impossible.getMessage()), start);
        }
    }

    private interface Operation {
        BigDecimal of(BigDecimal left, BigDecimal right);
    }

    private BigDecimal at(int place, BigDecimal left, BigDecimal right, Operation operation) {
        try {
            return operation.of(left, right);
        } catch (ArithmeticException impossible) {
            throw failure(String.valueOf(impossible.getMessage()), place);
        }
    }

    private char peek() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : END;
    }

    private boolean take(char wanted) {
        if (peek() == wanted && position < text.length()) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw failure("\"" + wanted + "\" is missing");
        }
    }

    private StepException.Rejected unexpected() {
        return position >= text.length()
                ? failure("It ends too early")
                : failure("\"" + text.charAt(position) + "\" is not expected");
    }

    private StepException.Rejected failure(String what) {
        return failure(what, position);
    }

    private StepException.Rejected failure(String what, int place) {
        return new StepException.Rejected(
                "CALCULATOR_EXPRESSION", what + " (at character " + (place + 1) + " of \"" + text + "\").");
    }
}
