package dev.cadre.platform.workflow.internal.expression;

import dev.cadre.platform.workflow.Expression;
import dev.cadre.spi.StepException.Rejected;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A plain path as {@code trigger.body.price}, walked without the library; most expressions are one. Where a list lies
 * on the way JSONata's own rules apply, and the library does the work.
 */
final class PathExpression implements Expression {

    private static final Object LIST = new Object();

    private final List<String> path;
    private final Supplier<Expression> whole;
    private volatile @Nullable Expression fallback;

    PathExpression(List<String> path, Supplier<Expression> whole) {
        this.path = List.copyOf(path);
        this.whole = whole;
    }

    @Override
    public @Nullable Object evaluate(Map<String, Object> data) {
        var value = walk(path, data);
        if (value == LIST) {
            return fallback().evaluate(data);
        }
        return Values.tidy(value);
    }

    @Override
    public boolean test(Map<String, Object> data) {
        return Values.truth(evaluate(data));
    }

    private Expression fallback() {
        var known = fallback;
        if (known == null) {
            known = whole.get();
            fallback = known;
        }
        return known;
    }

    private static @Nullable Object walk(List<String> path, Map<String, Object> data) {
        Object current = data;
        for (int i = 0; i < path.size(); i++) {
            if (current instanceof List) {
                return LIST;
            }
            var name = path.get(i);
            var next = current instanceof Map<?, ?> map ? map.get(name) : null;
            if (next == null && !(current instanceof Map<?, ?> map && map.containsKey(name))) {
                throw new Rejected("MISSING_DATA", "There is no value at " + nothingAt(path, i) + ".");
            }
            current = next;
        }
        return current;
    }

    /** Says which part of a path is not there, null when all of it is or a list makes that hard to say. */
    static @Nullable String missingIn(List<String> path, Map<String, Object> data) {
        try {
            walk(path, data);
            return null;
        } catch (Rejected missing) {
            return "there is none at " + String.join(".", path);
        }
    }

    private static String nothingAt(List<String> path, int index) {
        var whole = String.join(".", path);
        if (index == path.size() - 1) {
            return whole;
        }
        return whole + ": " + String.join(".", path.subList(0, index + 1)) + " is missing";
    }
}
