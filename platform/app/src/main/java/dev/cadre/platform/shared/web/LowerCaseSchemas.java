package dev.cadre.platform.shared.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows enum values in schemas as they travel: in lower case. */
final class LowerCaseSchemas {

    private final Set<Schema<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    void visit(OpenAPI api) {
        var schemas = api.getComponents().getSchemas();
        if (schemas != null) {
            schemas.values().forEach(this::visit);
        }
        api.getPaths()
                .values()
                .forEach(path -> path.readOperations().forEach(operation -> {
                    if (operation.getParameters() != null) {
                        operation.getParameters().forEach(parameter -> visit(parameter.getSchema()));
                    }
                }));
    }

    @SuppressWarnings("unchecked") // swagger's schemas are raw
    private void visit(@Nullable Schema<?> schema) {
        if (schema == null || !seen.add(schema)) {
            return;
        }
        if (schema.getEnum() != null) {
            List<Object> values = (List<Object>) schema.getEnum();
            values.replaceAll(value -> value instanceof String text ? text.toLowerCase(Locale.ROOT) : value);
        }
        visit(schema.getItems());
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::visit);
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            visit(values);
        }
        for (var variants : new List[] {schema.getOneOf(), schema.getAnyOf(), schema.getAllOf()}) {
            if (variants != null) {
                variants.forEach(variant -> visit((Schema<?>) variant));
            }
        }
    }
}
