package dev.cadre.platform.decision.internal.feel;

import java.util.ArrayList;
import java.util.List;

/** Cuts a cell into tokens. */
final class Scanner {

    private static final int LONGEST_NUMBER = 40;
    private static final List<String> DOUBLE = List.of("..", "<=", ">=", "!=", "**");

    private final String text;
    private int at;

    private Scanner(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        return new Scanner(text).all();
    }

    private List<Token> all() {
        var tokens = new ArrayList<Token>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Token.Kind.END, "", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        char first = text.charAt(at);
        if (first == '"') {
            return quoted();
        }
        int start = at;
        if (isDigit(at) || first == '.' && isDigit(at + 1)) {
            number();
            return token(Token.Kind.NUMBER, start);
        }
        if (Character.isLetter(first) || first == '_') {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return token(Token.Kind.NAME, start);
        }
        at += DOUBLE.stream().anyMatch(symbol -> text.startsWith(symbol, start)) ? 2 : 1;
        return token(Token.Kind.SYMBOL, start);
    }

    private Token token(Token.Kind kind, int start) {
        return new Token(kind, text.substring(start, at), at);
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void number() {
        int start = at;
        while (isDigit(at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
            at++;
            while (isDigit(at)) {
                at++;
            }
        }
        if (at - start > LONGEST_NUMBER) {
            throw FeelInvalid.unreadable("a number has more than " + LONGEST_NUMBER + " digits.");
        }
    }

    private Token quoted() {
        var content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return new Token(Token.Kind.TEXT, content.toString(), at);
            }
            if (c == '\\') {
                at++;
                content.append(escaped());
            } else {
                content.append(c);
            }
        }
        throw FeelInvalid.unreadable("a text has no closing quote.");
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at) : ' ';
        return switch (c) {
            case '"', '\\', '\'' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'u' -> unicode();
            default ->
                throw FeelInvalid.unreadable("\\" + c + " is not an escape: use \\\", \\\\, \\n, \\t or \\u0000.");
        };
    }

    private char unicode() {
        var digits = text.substring(Math.min(at + 1, text.length()), Math.min(at + 5, text.length()));
        at += 4;
        try {
            if (digits.length() == 4 && digits.charAt(0) != '+' && digits.charAt(0) != '-') {
                return (char) Integer.parseInt(digits, 16);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw FeelInvalid.unreadable("\\u needs four hexadecimal digits.");
    }
}
