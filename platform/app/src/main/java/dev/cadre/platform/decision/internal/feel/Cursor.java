package dev.cadre.platform.decision.internal.feel;

import java.util.List;
import java.util.Set;

/** Goes through the tokens of a cell; the last one is its end. */
final class Cursor {

    /** Words of FEEL that begin or join what tables cannot do here. */
    private static final Set<String> REFUSED =
            Set.of("for", "some", "every", "if", "function", "external", "instance", "between", "in", "then", "else");

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** What follows the token that is looked at, which is not the end. */
    Token next() {
        return tokens.get(at + 1);
    }

    Token last() {
        return tokens.get(at - 1);
    }

    Token advance() {
        return tokens.get(at++);
    }

    /** Whether the token that is looked at is the only one. */
    boolean isOnly() {
        return tokens.size() == 2;
    }

    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    void move(int by) {
        at += by;
    }

    boolean take(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String symbol) {
        if (!take(symbol)) {
            throw unexpected();
        }
    }

    void end() {
        if (peek().kind() != Token.Kind.END) {
            throw unexpected();
        }
    }

    FeelInvalid unexpected() {
        var token = peek();
        if (token.is("**")) {
            return FeelInvalid.notAvailable("powers ** are not available in tables here.");
        }
        return isRefused(token)
                ? refused(token)
                : FeelInvalid.unreadable(
                        token.shown() + " is not expected there; text is written in quotes, as \"gold\".");
    }

    static boolean isRefused(Token token) {
        return token.kind() == Token.Kind.NAME && REFUSED.contains(token.text());
    }

    static FeelInvalid refused(Token token) {
        return FeelInvalid.notAvailable("\"" + token.text() + "\" is not available in tables here.");
    }
}
