package dev.cadre.platform.run.internal.approval;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cadre.platform.run.internal.journal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Checks forms and what people fill into them. A form says what values look like; it fetches and matches nothing. */
final class FormCheck {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_KEYWORDS = 2_000;

    /** Keywords that load other documents, or run a text of the drawing as a regular expression. */
    private static final Set<String> REFUSED =
            Set.of("$ref", "$dynamicRef", "$schema", "$id", "pattern", "patternProperties");

    private FormCheck() {}

    /** What is wrong with a form; empty when it can be used. */
    static String problem(Map<String, Object> form) {
        var count = new int[1];
        var refused = refused(form, count);
        if (!refused.isEmpty()) {
            return "The form uses " + refused + ", which is not allowed here.";
        }
        if (count[0] > MOST_KEYWORDS) {
            return "The form has more than " + MOST_KEYWORDS + " keywords.";
        }
        if (!(form.get("properties") instanceof Map<?, ?>)) {
            return "The form is a JSON Schema with \"properties\".";
        }
        try {
            check(form, Map.of());
            return "";
        } catch (RuntimeException e) {
            return "The form is no valid JSON Schema: " + e.getMessage();
        }
    }

    private static String refused(Object value, int[] count) {
        return switch (value) {
            case Map<?, ?> map -> {
                for (var entry : map.entrySet()) {
                    count[0]++;
                    var keyword = String.valueOf(entry.getKey());
                    var found = REFUSED.contains(keyword) ? keyword : within(keyword, entry.getValue(), count);
                    if (!found.isEmpty()) {
                        yield found;
                    }
                }
                yield "";
            }
            case List<?> list ->
                list.stream()
                        .map(item -> item == null ? "" : refused(item, count))
                        .filter(found -> !found.isEmpty())
                        .findFirst()
                        .orElse("");
            default -> "";
        };
    }

    private static String within(String keyword, @Nullable Object value, int[] count) {
        // The keys of "properties" are names of fields, which may be called anything.
        var inner = keyword.equals("properties") && value instanceof Map<?, ?> fields
                ? new ArrayList<@Nullable Object>(fields.values())
                : value;
        return inner == null ? "" : refused(inner, count);
    }

    /** What is wrong with the values, by JSON pointer; empty when they fit. */
    static List<String> check(Map<String, Object> form, Map<String, Object> values) {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(MAPPER.readTree(Json.write(form)));
        return schema.validate(MAPPER.readTree(Json.write(values))).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .limit(20)
                .toList();
    }
}
