package dev.cadre.platform.model.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The part of JSON Schema that Gemini's function declarations know; the rest is for the tool to check. */
final class GoogleSchema {

    private static final List<String> KEPT = List.of(
            "description", "title", "required", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength");

    private GoogleSchema() {}

    static Map<String, Object> of(Map<String, Object> schema) {
        var result = new LinkedHashMap<String, Object>();
        type(schema, result);
        for (var name : KEPT) {
            var value = schema.get(name);
            if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                result.put(name, value);
            }
        }
        if (schema.get("enum") instanceof List<?> values && "STRING".equals(result.get("type"))) {
            result.put(
                    "enum",
                    values.stream()
                            .filter(Objects::nonNull)
                            .map(Object::toString)
                            .toList());
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            var all = new LinkedHashMap<String, Object>();
            properties.forEach((name, value) -> all.put(String.valueOf(name), of(object(value))));
            result.put("properties", all);
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            result.put("items", of(object(items)));
        } else if ("ARRAY".equals(result.get("type"))) {
            result.put("items", Map.of("type", "STRING"));
        }
        var choices = schema.get("anyOf") instanceof List<?> any ? any : schema.get("oneOf");
        if (choices instanceof List<?> list) {
            result.put("anyOf", list.stream().map(one -> of(object(one))).toList());
        }
        return result;
    }

    private static void type(Map<String, Object> schema, Map<String, Object> result) {
        var type = schema.get("type");
        if (type instanceof List<?> types) {
            if (types.contains("null")) {
                result.put("nullable", true);
            }
            type = types.stream().filter(one -> !"null".equals(one)).findFirst().orElse(null);
        }
        if (type == null && schema.get("properties") instanceof Map<?, ?>) {
            type = "object";
        }
        if (type == null && schema.get("enum") instanceof List<?>) {
            type = "string";
        }
        if (type != null) {
            result.put("type", type.toString().toUpperCase(Locale.ROOT));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
