package dev.cadre.spi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text by RFC 8259, strictly and with a bound on depth. */
final class JsonParser {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 1000;
    private static final int DIGITS_OF_A_DOUBLE = 15;

    private final String text;
    private int position;
    private int depth;

    JsonParser(String text) {
        this.text = text;
    }

    @Nullable
    Object document() {
        var value = value();
        skipSpace();
        if (position < text.length()) {
            throw failure("something follows the value");
        }
        return value;
    }

    private @Nullable Object value() {
        skipSpace();
        if (position >= text.length()) {
            throw failure("it ends too early");
        }
        return switch (text.charAt(position)) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private LinkedHashMap<String, @Nullable Object> object() {
        var object = new LinkedHashMap<String, @Nullable Object>();
        enter();
        if (!take('}')) {
            do {
                skipSpace();
                if (position >= text.length() || text.charAt(position) != '"') {
                    throw failure("a name in quotes is missing");
                }
                var name = string();
                expect(':');
                object.put(name, value());
            } while (take(','));
            expect('}');
        }
        depth--;
        return object;
    }

    private ArrayList<@Nullable Object> list() {
        var list = new ArrayList<@Nullable Object>();
        enter();
        if (!take(']')) {
            do {
                list.add(value());
            } while (take(','));
            expect(']');
        }
        depth--;
        return list;
    }

    private void enter() {
        position++;
        if (++depth > Json.DEEPEST) {
            throw failure("it is nested more than " + Json.DEEPEST + " levels deep");
        }
    }

    private String string() {
        int start = ++position;
        while (position < text.length()) {
            char next = text.charAt(position);
            if (next == '"') {
                return text.substring(start, position++);
            }
            if (next == '\\') {
                return escaped(start);
            }
            refuseControl(next);
            position++;
        }
        throw failure("a text does not end");
    }

    private String escaped(int start) {
        var string = new StringBuilder(text.substring(start, position));
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == '"') {
                return string.toString();
            }
            if (next == '\\') {
                string.append(escape());
            } else {
                refuseControl(next);
                string.append(next);
            }
        }
        throw failure("a text does not end");
    }

    private char escape() {
        if (position >= text.length()) {
            throw failure("a text does not end");
        }
        return switch (text.charAt(position++)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw failure("an escape is not known");
        };
    }

    private char unicode() {
        int code = 0;
        for (int end = position + 4; position < end; position++) {
            int digit = position < text.length() ? Character.digit(text.charAt(position), 16) : -1;
            if (digit < 0 || text.charAt(position) > 'f') {
                throw failure("four hexadecimal digits are missing");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private void refuseControl(char next) {
        if (next < ' ') {
            throw failure("a text holds a control character");
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, position)) {
            throw failure("a value is missing");
        }
        position += word.length();
        return value;
    }

    private Object number() {
        int start = position;
        while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        var digits = text.substring(start, Math.min(position, start + LONGEST_NUMBER + 1));
        if (digits.length() > LONGEST_NUMBER || !NUMBER.matcher(digits).matches()) {
            position = start;
            throw failure("a value is missing");
        }
        boolean whole = digits.chars().noneMatch(digit -> digit == '.' || digit == 'e' || digit == 'E');
        if (whole && digits.length() <= 18) {
            long number = Long.parseLong(digits);
            return number == (int) number ? (Object) (int) number : number;
        }
        return decimal(start, digits, whole);
    }

    private Object decimal(int start, String digits, boolean whole) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(digits);
        } catch (NumberFormatException tooFar) {
            position = start;
            throw failure("a number is too large");
        }
        if (whole && exact.precision() <= 19 && exact.compareTo(BigDecimal.valueOf(exact.longValue())) == 0) {
            return exact.longValue();
        }
        double real = exact.doubleValue();
        if (!Double.isFinite(real) || Math.abs((long) exact.scale()) > LONGEST_NUMBER) {
            position = start;
            throw failure("a number is too large");
        }
        return !whole && exact.precision() <= DIGITS_OF_A_DOUBLE ? (Object) real : exact;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean take(char wanted) {
        skipSpace();
        if (position < text.length() && text.charAt(position) == wanted) {
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

    private IllegalArgumentException failure(String what) {
        return new IllegalArgumentException("Not JSON: " + what + " at character " + (position + 1) + ".");
    }
}
