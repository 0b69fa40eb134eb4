package dev.cadre.platform.workflow.internal.expression;

import dev.cadre.platform.workflow.Expression;
import java.util.List;
import java.util.Set;

/**
 * The text of one expression, checked and ready to be compiled.
 *
 * @param parameters what its calls of {@code fromAi} ask for; the text has them replaced
 */
record Source(String text, List<Token> tokens, List<FromAi> parameters) {

    static final int MAX_LENGTH = 10_000;
    private static final Set<String> REGEX_TAKERS = Set.of("$match", "$contains", "$replace", "$split");
    private static final Set<String> REFUSED = Set.of("$eval");

    static Source of(String text) {
        if (text.isBlank()) {
            throw new ExpressionInvalid("It is empty.");
        }
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionInvalid("It is longer than " + MAX_LENGTH + " characters.");
        }
        var drawn = Scanner.tokens(text.strip());
        var rewritten = FromAi.rewrite(text.strip(), drawn);
        var tokens = rewritten.parameters().isEmpty() ? drawn : Scanner.tokens(rewritten.text());
        var source = new Source(rewritten.text(), tokens, rewritten.parameters());
        source.check();
        return source;
    }

    Expression compile() {
        var path = References.onlyPath(tokens);
        return path == null
                ? new BoundedExpression(text, tokens)
                : new PathExpression(path, () -> new BoundedExpression(text, tokens));
    }

    private void check() {
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.kind() == Token.Kind.VARIABLE && REFUSED.contains(token.value())) {
                throw new ExpressionInvalid(token.value() + " is not available.");
            }
            if (token.kind() == Token.Kind.VARIABLE
                    && REGEX_TAKERS.contains(token.value())
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is(":=")) {
                throw new ExpressionInvalid(token.value() + " cannot be given another meaning.");
            }
            if (token.kind() == Token.Kind.REGEX && !isArgument(i)) {
                throw new ExpressionInvalid(
                        "A regular expression may only be an argument of $match, $contains, $replace or $split.");
            }
        }
    }

    /** Anywhere else the library would apply it without a bound on its time. */
    private boolean isArgument(int index) {
        if (index == 0
                || !tokens.get(index - 1).is(",") && !tokens.get(index - 1).is("(")) {
            return false;
        }
        if (index + 1 >= tokens.size()
                || !tokens.get(index + 1).is(",") && !tokens.get(index + 1).is(")")) {
            return false;
        }
        int depth = 0;
        for (int i = index - 1; i > 0; i--) {
            var token = tokens.get(i);
            if (token.is(")") || token.is("]") || token.is("}")) {
                depth++;
            } else if (token.is("(") || token.is("[") || token.is("{")) {
                if (depth-- == 0) {
                    return token.is("(")
                            && REGEX_TAKERS.contains(tokens.get(i - 1).value());
                }
            }
        }
        return false;
    }
}
