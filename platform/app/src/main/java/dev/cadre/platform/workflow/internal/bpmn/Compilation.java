package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Expression;
import dev.cadre.platform.workflow.Template;
import dev.cadre.platform.workflow.internal.expression.Compiled;
import dev.cadre.platform.workflow.internal.expression.ExpressionInvalid;
import dev.cadre.platform.workflow.internal.expression.FromAi;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the parts of the compiler share while one file is compiled. */
final class Compilation {

    /** What an element reads from the data in scope. */
    record Reading(String elementId, List<List<String>> paths) {}

    /** What an element wants from a model, which only a tool of an agent gets. */
    record Wish(String elementId, List<FromAi> parameters) {}

    static final Template EMPTY = data -> Map.of();

    final Problems problems = new Problems();
    final List<Reading> readings = new ArrayList<>();
    final HookCompiler hooks = new HookCompiler(this);
    final Declared declared;
    private final List<Wish> wishes = new ArrayList<>(0);
    private final Function<String, Optional<StepType>> stepTypes;
    private final References references;

    /** Codes of errors and escalations, and of what else runs between the organization's workflows. */
    static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** What the file declares for events to refer to, by id: codes of errors and escalations, names of messages and signals. */
    record Declared(
            Map<String, String> errors,
            Map<String, String> escalations,
            Map<String, String> messages,
            Map<String, String> signals) {

        static Declared in(Element definitions) {
            return new Declared(
                    values(definitions, "error", "errorCode"),
                    values(definitions, "escalation", "escalationCode"),
                    values(definitions, "message", "name"),
                    values(definitions, "signal", "name"));
        }

        private static Map<String, String> values(Element definitions, String kind, String attribute) {
            var values = new HashMap<String, String>();
            definitions.bpmn(kind).forEach(declared -> {
                var id = declared.id();
                var value = declared.attribute(attribute);
                if (id != null && value != null && !value.isBlank()) {
                    values.put(id, value.strip());
                }
            });
            return values;
        }
    }

    Compilation(Declared declared, Function<String, Optional<StepType>> stepTypes, References references) {
        this.declared = declared;
        this.stepTypes = stepTypes;
        this.references = references;
    }

    Optional<StepType> stepType(String id) {
        return stepTypes.apply(id);
    }

    References references() {
        return references;
    }

    /** The JSON document of an extension, null (and a problem) when it cannot be read. */
    @Nullable
    Compiled<Template> json(String elementId, Element extension) {
        var text = extension.text().strip();
        return read(
                elementId, extension.name(), () -> text.isEmpty() ? Compiled.template(Map.of()) : Compiled.json(text));
    }

    /** A document that an extension stands for, null (and a problem) when an expression in it cannot be read. */
    @Nullable
    Compiled<Template> document(String elementId, String extension, Map<String, Object> document) {
        return read(elementId, extension, () -> Compiled.template(document));
    }

    private @Nullable Compiled<Template> read(
            String elementId, String extension, Supplier<Compiled<Template>> reading) {
        try {
            var compiled = reading.get();
            read(elementId, compiled);
            return compiled;
        } catch (ExpressionInvalid e) {
            boolean notJson = e.getMessage() != null && e.getMessage().startsWith("It is not JSON");
            problems.error(
                    elementId,
                    notJson ? "invalid-json" : "invalid-expression",
                    "The text of cadre:" + extension + ": " + e.getMessage());
            return null;
        }
    }

    @Nullable
    Expression expression(String elementId, String text, String what, String code) {
        try {
            var compiled = Compiled.braced(text);
            read(elementId, compiled);
            return compiled.value();
        } catch (ExpressionInvalid e) {
            problems.error(elementId, code, what + ": " + e.getMessage());
            return null;
        }
    }

    private void read(String elementId, Compiled<?> compiled) {
        readings.add(new Reading(elementId, compiled.paths()));
        if (!compiled.parameters().isEmpty()) {
            wishes.add(new Wish(elementId, compiled.parameters()));
        }
    }

    /** What elements want from a model; each wish is handed out once. */
    List<Wish> takeWishes(Predicate<String> elements) {
        var taken =
                wishes.stream().filter(wish -> elements.test(wish.elementId())).toList();
        wishes.removeAll(taken);
        return taken;
    }

    Duration duration(String elementId, @Nullable String text, Duration otherwise, Duration most, String what) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            var duration = Duration.parse(text.strip());
            if (!duration.isNegative() && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // said below
        }
        problems.error(
                elementId,
                "invalid-duration",
                what + " must be an ISO 8601 duration of at most " + most + ", as PT30S, not \"" + clip(text) + "\".");
        return otherwise;
    }

    static String clip(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
