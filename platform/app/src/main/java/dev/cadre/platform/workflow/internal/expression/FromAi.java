package dev.cadre.platform.workflow.internal.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that a model gives when it calls a tool: {@code fromAi('city', 'The city to look up', 'string')}, with a JSON
 * Schema and with {@code false} where the model may leave it out.
 *
 * @param schema JSON Schema of the value
 */
public record FromAi(String name, Map<String, Object> schema, boolean required) {

    private static final String FUNCTION = "fromAi";
    private static final String USAGE =
            "fromAi takes constants: fromAi('name', 'description', 'type', schema, required).";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Set<String> TYPES = Set.of("string", "number", "integer", "boolean", "array", "object");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    /** Keywords that load other documents, or run a text of the drawing as a regular expression. */
    private static final Set<String> REFUSED =
            Set.of("$ref", "$dynamicRef", "$schema", "$id", "pattern", "patternProperties");

    /** An expression with every call replaced by where the value is at run time, and what the calls ask for. */
    record Rewritten(String text, List<FromAi> parameters) {}

    static Rewritten rewrite(String text, List<Token> tokens) {
        var parameters = new ArrayList<FromAi>(0);
        var out = new StringBuilder();
        int at = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean called = tokens.get(i).kind() == Token.Kind.NAME
                    && tokens.get(i).value().equals(FUNCTION)
                    && (i == 0 || !tokens.get(i - 1).is("."))
                    && tokens.get(i + 1).is("(");
            if (called) {
                int close = closing(tokens, i + 1);
                var parameter = of(arguments(text, tokens.subList(i + 2, close)));
                parameters.add(parameter);
                out.append(text, at, tokens.get(i).start())
                        .append("$$.toolCall.arguments.")
                        .append(parameter.name());
                at = tokens.get(close).end();
                i = close;
            }
        }
        return parameters.isEmpty()
                ? new Rewritten(text, parameters)
                : new Rewritten(out.append(text, at, text.length()).toString(), parameters);
    }

    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.is("(") || token.is("[") || token.is("{")) {
                depth++;
            } else if ((token.is(")") || token.is("]") || token.is("}")) && --depth == 0) {
                return i;
            }
        }
        throw new ExpressionInvalid("fromAi( is not closed with ).");
    }

    private static List<@Nullable Object> arguments(String text, List<Token> tokens) {
        var values = new ArrayList<@Nullable Object>();
        int depth = 0;
        int first = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean end = i == tokens.size();
            if (end || depth == 0 && tokens.get(i).is(",")) {
                values.add(constant(text, tokens.subList(first, i)));
                first = i + 1;
            } else if (tokens.get(i).is("(")
                    || tokens.get(i).is("[")
                    || tokens.get(i).is("{")) {
                depth++;
            } else if (tokens.get(i).is(")")
                    || tokens.get(i).is("]")
                    || tokens.get(i).is("}")) {
                depth--;
            }
        }
        return values;
    }

    private static @Nullable Object constant(String text, List<Token> tokens) {
        boolean constant = !tokens.isEmpty()
                && tokens.stream()
                        .noneMatch(token -> token.kind() == Token.Kind.VARIABLE
                                || token.kind() == Token.Kind.NAME && !CONSTANTS.contains(token.value()));
        if (!constant) {
            throw new ExpressionInvalid(USAGE);
        }
        var slice = text.substring(tokens.getFirst().start(), tokens.getLast().end());
        return new BoundedExpression(slice, tokens).evaluate(Map.of());
    }

    private static FromAi of(List<@Nullable Object> arguments) {
        if (arguments.isEmpty() || arguments.size() > 5 || !(arguments.getFirst() instanceof String name)) {
            throw new ExpressionInvalid(USAGE);
        }
        if (!NAME.matcher(name).matches()) {
            throw new ExpressionInvalid("The name of a value from fromAi may have letters, digits and _.");
        }
        var schema = new LinkedHashMap<String, Object>();
        boolean required = true;
        for (var more : arguments.subList(Math.min(3, arguments.size()), arguments.size())) {
            switch (more) {
                case Map<?, ?> given -> given.forEach((key, value) -> schema.put(String.valueOf(key), value));
                case Boolean given -> required = given;
                case null, default -> throw new ExpressionInvalid(USAGE);
            }
        }
        var type = arguments.size() > 2 ? arguments.get(2) : "string";
        if (!(type instanceof String known) || !TYPES.contains(known)) {
            throw new ExpressionInvalid("The type of a value from fromAi is one of string, number, integer, boolean,"
                    + " array and object.");
        }
        schema.put("type", known);
        if (arguments.size() > 1 && arguments.get(1) instanceof String description && !description.isBlank()) {
            schema.put("description", description);
        }
        refuse(schema, 0);
        return new FromAi(name, schema, required);
    }

    private static void refuse(@Nullable Object value, int depth) {
        if (depth > 20) {
            throw new ExpressionInvalid("The schema given to fromAi is nested too deeply.");
        }
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> {
                    if (REFUSED.contains(String.valueOf(key))) {
                        throw new ExpressionInvalid(
                                "The schema given to fromAi uses " + key + ", which is not allowed.");
                    }
                    // The keys of "properties" are names of fields, which may be called anything.
                    if (Objects.equals(key, "properties") && inner instanceof Map<?, ?> fields) {
                        fields.values().forEach(field -> refuse(field, depth + 1));
                    } else {
                        refuse(inner, depth + 1);
                    }
                });
            case List<?> list -> list.forEach(inner -> refuse(inner, depth + 1));
            case null, default -> {
                // A plain value says nothing that could be refused.
            }
        }
    }
}
