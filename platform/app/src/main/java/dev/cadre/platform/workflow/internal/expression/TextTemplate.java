package dev.cadre.platform.workflow.internal.expression;

import dev.cadre.platform.workflow.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A string of a document: a constant, one expression that yields its value, or text around expressions. */
sealed interface TextTemplate {

    /** Nothing to evaluate. */
    record Constant(String text) implements TextTemplate {}

    /** Exactly one expression. */
    record Value(Expression expression) implements TextTemplate {}

    /** Texts and expressions in turn; a part is a {@link String} or an {@link Expression}. */
    record Mixed(List<Object> parts) implements TextTemplate {

        String render(Map<String, Object> data) {
            var out = new StringBuilder();
            for (var part : parts) {
                if (part instanceof Expression expression) {
                    Values.text(expression.evaluate(data), out);
                } else {
                    out.append(part);
                }
            }
            return out.toString();
        }
    }

    static TextTemplate of(String text, List<Source> sources) {
        var parts = new ArrayList<Object>();
        int at = 0;
        int open;
        while ((open = text.indexOf("{{", at)) >= 0) {
            int close = Scanner.closing(text, open + 2);
            if (close < 0) {
                throw new ExpressionInvalid("An expression in \"" + clip(text) + "\" is not closed with }}.");
            }
            if (open > at) {
                parts.add(text.substring(at, open));
            }
            var inner = text.substring(open + 2, close);
            try {
                var source = Source.of(inner);
                sources.add(source);
                parts.add(source.compile());
            } catch (ExpressionInvalid e) {
                throw new ExpressionInvalid("{{" + clip(inner) + "}}: " + e.getMessage());
            }
            at = close + 2;
        }
        if (parts.isEmpty()) {
            return new Constant(text);
        }
        if (at < text.length()) {
            parts.add(text.substring(at));
        }
        return single(parts) instanceof Expression expression ? new Value(expression) : new Mixed(parts);
    }

    private static @Nullable Object single(List<Object> parts) {
        return parts.size() == 1 ? parts.getFirst() : null;
    }

    private static String clip(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
