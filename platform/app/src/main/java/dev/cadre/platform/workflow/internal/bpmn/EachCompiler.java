package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Node.Each;
import dev.cadre.platform.workflow.Node.OnItemError;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles for each: which list, how many items at once, what a failed item does. */
final class EachCompiler {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Set<String> TAKEN = Set.of("trigger", "steps", "run", "vars", "index", "toolCall");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,4}");
    private static final int MOST_PARALLEL = 500;

    /** Items of a parallel for-each that are worked on at once where the file does not say. */
    private static final int PARALLEL = 50;

    private final Compilation in;

    EachCompiler(Compilation in) {
        this.in = in;
    }

    @Nullable
    Each each(Element element, String id) {
        if (element.bpmn("standardLoopCharacteristics").findAny().isPresent()) {
            in.problems.error(
                    id, "loop-not-available", "Standard loops do not run: use for each, or a gateway that leads back.");
        }
        var loop = element.bpmn("multiInstanceLoopCharacteristics").findFirst().orElse(null);
        var each = loop == null ? null : loop.firstCadre("each").orElse(null);
        if (each == null) {
            each = element.firstCadre("each").orElse(null);
        }
        if (loop == null) {
            if (each != null) {
                in.problems.error(id, "each-without-loop", "cadre:each needs multiInstanceLoopCharacteristics.");
            }
            return null;
        }
        for (var child : loop.children()) {
            if (child.isBpmn() && !Dialect.PARTS.contains(child.name())) {
                in.problems.error(
                        id,
                        "loop-not-available",
                        "For each does not know " + child.name() + ": say in cadre:each which list to go through.");
            }
        }
        var list = each == null ? null : each.attribute("in");
        if (each == null || list == null || list.isBlank()) {
            in.problems.error(
                    id, "each-missing", "For each needs <cadre:each in=\"{{ a list }}\" as=\"item\"/>: which list?");
            return null;
        }
        var expression = in.expression(id, list, "The list of for each", "invalid-expression");
        var as = each.attribute("as");
        var name = as == null || as.isBlank() ? "item" : as.strip();
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            in.problems.error(
                    id, "invalid-item-name", "\"" + Compilation.clip(name) + "\" cannot name the item of for each.");
        }
        int parallelism = parallelism(id, each, "true".equals(loop.attribute("isSequential")));
        var onItemError = onItemError(id, each);
        return expression == null ? null : new Each(expression, name, parallelism, onItemError);
    }

    private int parallelism(String id, Element each, boolean sequential) {
        var text = each.attribute("parallelism");
        if (sequential || text == null || text.isBlank()) {
            return sequential ? 1 : PARALLEL;
        }
        int number = WHOLE.matcher(text.strip()).matches() ? Integer.parseInt(text.strip()) : 0;
        if (number < 1 || number > MOST_PARALLEL) {
            in.problems.error(
                    id,
                    "invalid-parallelism",
                    "parallelism is a number of items at once, from 1 to " + MOST_PARALLEL + ".");
            return 1;
        }
        return number;
    }

    private OnItemError onItemError(String id, Element each) {
        var text = each.attribute("onItemError");
        if ("continue".equals(text)) {
            return OnItemError.CONTINUE;
        }
        if (text != null && !text.isBlank() && !text.equals("fail")) {
            in.problems.error(id, "invalid-on-error", "onItemError is fail or continue.");
        }
        return OnItemError.FAIL;
    }
}
