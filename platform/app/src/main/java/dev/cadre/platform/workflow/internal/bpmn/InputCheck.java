package dev.cadre.platform.workflow.internal.bpmn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the inputs of a step, as they are written, with the step type's JSON Schema. What an expression will yield is
 * unknown, so only what is certainly wrong is said; the step itself checks its whole input when it runs.
 */
final class InputCheck {

    private static final int MAX_DEPTH = 30;

    private final Problems problems;
    private final String elementId;
    private final Map<String, Object> root;

    InputCheck(Problems problems, String elementId, Map<String, Object> schema) {
        this.problems = problems;
        this.elementId = elementId;
        this.root = schema;
    }

    /** Whether nothing was found that is certainly wrong. */
    boolean check(@Nullable Object inputs) {
        if (!(inputs instanceof Map)) {
            problems.error(elementId, "invalid-input", "The inputs of the step must be a JSON object.");
            return false;
        }
        int before = problems.list().size();
        check(inputs, root, "", 0);
        return problems.list().size() == before;
    }

    private void check(@Nullable Object value, Map<?, ?> declared, String path, int depth) {
        var schema = resolve(declared);
        if (depth > MAX_DEPTH || isWholeExpression(value)) {
            return;
        }
        if (alternatives(schema) instanceof List<?> options) {
            checkAny(value, options, path, depth);
            return;
        }
        if (!hasType(value, schema.get("type"))) {
            say(path, "must be " + schema.get("type") + ".");
            return;
        }
        if (value instanceof String text && text.contains("{{")) {
            return;
        }
        checkConstants(value, schema, path);
        if (value instanceof Map<?, ?> map) {
            checkObject(map, schema, path, depth);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), items, path + "/" + i, depth + 1);
            }
        }
    }

    private static @Nullable Object alternatives(Map<?, ?> schema) {
        return schema.containsKey("anyOf") ? schema.get("anyOf") : schema.get("oneOf");
    }

    private void checkAny(@Nullable Object value, List<?> options, String path, int depth) {
        for (var option : options) {
            if (option instanceof Map<?, ?> schema) {
                var trial = new Problems();
                new InputCheck(trial, elementId, root).check(value, schema, path, depth + 1);
                if (trial.list().isEmpty()) {
                    return;
                }
            }
        }
        say(path, "has none of the forms that the step accepts.");
    }

    private void checkObject(Map<?, ?> map, Map<?, ?> schema, String path, int depth) {
        var properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        if (schema.get("required") instanceof List<?> required) {
            for (var name : required) {
                if (map.get(name) == null) {
                    problems.error(
                            elementId, "missing-input", "The input " + pointer(path + "/" + name) + " is required.");
                }
            }
        }
        for (var entry : map.entrySet()) {
            var at = path + "/" + entry.getKey();
            if (properties.get(entry.getKey()) instanceof Map<?, ?> property) {
                if (entry.getValue() != null) {
                    check(entry.getValue(), property, at, depth + 1);
                }
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> additional) {
                check(entry.getValue(), additional, at, depth + 1);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))
                    || !properties.isEmpty() && !schema.containsKey("additionalProperties")) {
                problems.error(elementId, "unknown-input", "The step has no input " + pointer(at) + ".");
            }
        }
    }

    private void checkConstants(@Nullable Object value, Map<?, ?> schema, String path) {
        if (schema.get("enum") instanceof List<?> allowed && allowed.stream().noneMatch(one -> same(one, value))) {
            say(path, "must be one of " + allowed + ".");
        }
        if (value instanceof String text) {
            if (schema.get("minLength") instanceof Number least && text.length() < least.intValue()) {
                say(
                        path,
                        least.intValue() == 1 ? "must not be empty." : "must have at least " + least + " characters.");
            }
            if (schema.get("maxLength") instanceof Number most && text.length() > most.intValue()) {
                say(path, "must have at most " + most + " characters.");
            }
        } else if (value instanceof Number number) {
            if (schema.get("minimum") instanceof Number least && number.doubleValue() < least.doubleValue()) {
                say(path, "must be at least " + least + ".");
            }
            if (schema.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue()) {
                say(path, "must be at most " + most + ".");
            }
        }
    }

    private static boolean same(@Nullable Object allowed, @Nullable Object value) {
        return allowed instanceof String a && value instanceof String b
                ? key(a).equals(key(b))
                : Objects.equals(allowed, value);
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean hasType(@Nullable Object value, @Nullable Object type) {
        return switch (type) {
            case List<?> types -> types.stream().anyMatch(one -> hasType(value, one));
            case String name ->
                switch (name) {
                    case "object" -> value instanceof Map;
                    case "array" -> value instanceof List;
                    case "string" -> value instanceof String;
                    case "boolean" -> value instanceof Boolean;
                    case "integer" -> value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue());
                    case "number" -> value instanceof Number;
                    case "null" -> value == null;
                    default -> true;
                };
            case null, default -> true;
        };
    }

    private static boolean isWholeExpression(@Nullable Object value) {
        return value instanceof String text && text.startsWith("{{") && text.endsWith("}}");
    }

    private Map<?, ?> resolve(Map<?, ?> schema) {
        Map<?, ?> current = schema;
        for (int i = 0; i < 10 && current.get("$ref") instanceof String reference; i++) {
            Object target = root;
            if (!reference.startsWith("#")) {
                return Map.of();
            }
            for (var part : reference.substring(1).split("/")) {
                if (!part.isEmpty()) {
                    target = target instanceof Map<?, ?> map ? map.get(part) : null;
                }
            }
            if (!(target instanceof Map<?, ?> map)) {
                return Map.of();
            }
            current = map;
        }
        return current;
    }

    private void say(String path, String what) {
        problems.error(elementId, "invalid-input", "The input " + pointer(path) + " " + what);
    }

    private static String pointer(String path) {
        return path.isEmpty() ? "document" : Compilation.clip(path.substring(1).replace('/', '.'));
    }
}
