package dev.cadre.platform.workflow.internal.expression;

import dev.cadre.platform.workflow.internal.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts JSONata text into tokens, far enough to find where an expression ends, which regular expressions it holds and
 * what it refers to. The parser of the JSONata library offers none of these.
 */
final class Scanner {

    private static final Set<String> WORDS = Set.of("and", "or", "in");
    private static final List<String> PAIRS = List.of("..", ":=", "!=", "<=", ">=", "~>", "**", "?:", "??");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int braces;
    private boolean operandBefore;

    private Scanner(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** The tokens of a whole expression. */
    static List<Token> tokens(String expression) {
        var scanner = new Scanner(expression, 0);
        while (scanner.skipBlank()) {
            scanner.next();
        }
        return scanner.tokens;
    }

    /** Where the {@code }}} stands that closes an expression starting at {@code from}, -1 when nothing closes it. */
    static int closing(String text, int from) {
        var scanner = new Scanner(text, from);
        try {
            while (scanner.skipBlank()) {
                if (scanner.braces == 0 && text.startsWith("}}", scanner.at)) {
                    return scanner.at;
                }
                scanner.next();
            }
        } catch (ExpressionInvalid unterminated) {
            return -1;
        }
        return -1;
    }

    private boolean skipBlank() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new ExpressionInvalid("A comment is not closed.");
                }
                at = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            add(Kind.STRING, quoted(c), true);
        } else if (c == '`') {
            add(Kind.NAME, quoted(c), true);
        } else if (c == '/' && !operandBefore) {
            add(Kind.REGEX, regex(), true);
        } else if (c >= '0' && c <= '9') {
            add(Kind.NUMBER, number(), true);
        } else if (c == '$') {
            add(Kind.VARIABLE, text.substring(at, word(at + 1)), true);
        } else if (isWord(c)) {
            var name = text.substring(at, word(at));
            if (operandBefore && WORDS.contains(name)) {
                add(Kind.OPERATOR, name, false);
            } else {
                add(Kind.NAME, name, true);
            }
        } else {
            operator(c);
        }
    }

    private void operator(char c) {
        var value = PAIRS.stream()
                .filter(pair -> text.startsWith(pair, at))
                .findFirst()
                .orElse(String.valueOf(c));
        if (c == '{') {
            braces++;
        } else if (c == '}') {
            braces--;
        }
        boolean wildcard = !operandBefore && (c == '*' || c == '%');
        add(Kind.OPERATOR, value, wildcard || c == ')' || c == ']' || c == '}');
    }

    private void add(Kind kind, String value, boolean operand) {
        int length = switch (kind) {
            case NAME -> text.charAt(at) == '`' ? value.length() + 2 : value.length();
            case STRING -> value.length() + 2;
            case VARIABLE, NUMBER, REGEX, OPERATOR -> value.length();
        };
        tokens.add(new Token(kind, value, at, at + length));
        at += length;
        operandBefore = operand;
    }

    private String quoted(char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote) {
                return text.substring(at + 1, i);
            }
        }
        throw new ExpressionInvalid("A " + (quote == '`' ? "name" : "string") + " is not closed with " + quote + ".");
    }

    private String regex() {
        int depth = 0;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '/' && depth == 0) {
                return text.substring(at, word(i + 1));
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
        }
        throw new ExpressionInvalid("A regular expression is not closed with /.");
    }

    private String number() {
        int i = digits(at);
        if (i + 1 < text.length() && text.charAt(i) == '.' && Character.isDigit(text.charAt(i + 1))) {
            i = digits(i + 1);
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int exponent = i + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
                exponent++;
            }
            if (digits(exponent) > exponent) {
                i = digits(exponent);
            }
        }
        return text.substring(at, i);
    }

    private int digits(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private int word(int from) {
        int i = from;
        while (i < text.length() && (isWord(text.charAt(i)) || text.charAt(i) == '$')) {
            i++;
        }
        return i;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c > 127;
    }
}
