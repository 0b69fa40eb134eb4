package dev.cadre.platform.workflow.internal.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression refers to, as far as its tokens tell. */
final class References {

    private static final Set<String> LITERALS = Set.of("true", "false", "null", "function");

    private References() {}

    /** The path when the expression is nothing else, null otherwise. */
    static @Nullable List<String> onlyPath(List<Token> tokens) {
        if (tokens.size() % 2 == 0) {
            return null;
        }
        var path = new ArrayList<String>();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (i % 2 == 1 ? !token.is(".") : !isPathName(token)) {
                return null;
            }
            if (i % 2 == 0) {
                path.add(token.value());
            }
        }
        return path;
    }

    private static boolean isPathName(Token token) {
        boolean quoted = token.end() - token.start() != token.value().length();
        return token.kind() == Token.Kind.NAME
                && (quoted
                        || !LITERALS.contains(token.value())
                                && !Set.of("and", "or", "in").contains(token.value()));
    }

    /** Every path that starts at the data itself, not inside a predicate or behind a step of another path. */
    static List<List<String>> rootPaths(List<Token> tokens) {
        var paths = new ArrayList<List<String>>();
        var relative = new ArrayDeque<Boolean>();
        int depthOfRelative = 0;
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var before = i == 0 ? null : tokens.get(i - 1);
            if (token.is("(") || token.is("[") || token.is("{")) {
                boolean inside = isRelative(token, before);
                relative.push(inside);
                depthOfRelative += inside ? 1 : 0;
            } else if (token.is(")") || token.is("]") || token.is("}")) {
                depthOfRelative -= !relative.isEmpty() && relative.pop() ? 1 : 0;
            } else if (depthOfRelative == 0 && isPathName(token) && (before == null || !before.is("."))) {
                paths.add(pathFrom(tokens, i));
            }
        }
        return paths;
    }

    private static boolean isRelative(Token open, @Nullable Token before) {
        if (before == null) {
            return false;
        }
        boolean operandBefore =
                before.kind() != Token.Kind.OPERATOR || before.is(")") || before.is("]") || before.is("}");
        if (open.is("(")) {
            return before.is(".") || before.is("^");
        }
        return before.is(".") || operandBefore && !(open.is("{") && before.is(")"));
    }

    private static List<String> pathFrom(List<Token> tokens, int start) {
        var path = new ArrayList<String>();
        path.add(tokens.get(start).value());
        for (int i = start + 1; i + 1 < tokens.size(); i += 2) {
            if (!tokens.get(i).is(".") || tokens.get(i + 1).kind() != Token.Kind.NAME) {
                break;
            }
            path.add(tokens.get(i + 1).value());
        }
        return path;
    }
}
