package dev.cadre.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import dev.cadre.spi.Secret;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the one JSON Schema that the form, the validation, the API description and a model's tool call share. */
final class RecordSchemas {

    private static final JsonMapper NODES = new JsonMapper();

    private final SchemaGenerator inline =
            new SchemaGenerator(configuration(true).build());
    private final SchemaGenerator referring =
            new SchemaGenerator(configuration(false).build());

    @SuppressWarnings("unchecked")
    Map<String, Object> of(Class<?> type) {
        var node = holdsItself(type, type, 0) ? referring.generateSchema(type) : inline.generateSchema(type);
        if (JsonValues.of(node) instanceof Map<?, ?> schema) {
            return (Map<String, Object>) schema;
        }
        throw new IllegalStateException("No schema for " + type.getName());
    }

    /** Such a type can't be written in one piece. A false alarm (deep nesting) costs nothing but a reference. */
    private static boolean holdsItself(Class<?> type, Class<?> start, int depth) {
        return depth > 8
                || Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .flatMap(part -> part instanceof java.lang.reflect.ParameterizedType container
                                ? Arrays.stream(container.getActualTypeArguments())
                                : java.util.stream.Stream.of(part))
                        .filter(part -> part instanceof Class<?> held && held.isRecord() && held != Secret.class)
                        .anyMatch(part -> part == start || holdsItself((Class<?>) part, start, depth + 1));
    }

    private static SchemaGeneratorConfigBuilder configuration(boolean inline) {
        var builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        if (inline) {
            builder.with(Option.INLINE_ALL_SCHEMAS);
        }
        builder.forTypesInGeneral()
                .withPropertySorter((first, second) -> 0)
                .withCustomDefinitionProvider(RecordSchemas::ofOurs);
        builder.forFields()
                .withRequiredCheck(RecordSchemas::isRequired)
                .withInstanceAttributeOverride(RecordSchemas::describe);
        return builder;
    }

    private static @Nullable CustomDefinition ofOurs(ResolvedType type, SchemaGenerationContext context) {
        var erased = type.getErasedType();
        ObjectNode node = null;
        if (erased == Secret.class) {
            node = NODES.createObjectNode()
                    .put("type", "string")
                    .put("format", "password")
                    .put("writeOnly", true);
        } else if (erased == byte[].class) {
            node = NODES.createObjectNode().put("type", "string").put("contentEncoding", "base64");
        } else if (erased.isEnum()) {
            node = NODES.createObjectNode().put("type", "string");
            var names = node.putArray("enum");
            for (var constant : erased.getEnumConstants()) {
                names.add(EnumShape.text((Enum<?>) constant));
            }
        }
        return node == null ? null : new CustomDefinition(node, DefinitionType.INLINE, AttributeInclusion.YES);
    }

    private static boolean isRequired(FieldScope field) {
        var component = component(field);
        return component != null
                && !Shapes.isNullable(component.getAnnotatedType())
                && Shapes.defaultOf(component) == null;
    }

    private static void describe(ObjectNode node, FieldScope field, SchemaGenerationContext context) {
        var component = component(field);
        var shown = component == null ? null : Shapes.fieldOf(component);
        if (component == null || shown == null) {
            return;
        }
        node.put("title", shown.label());
        if (!shown.help().isEmpty()) {
            node.put("description", shown.help());
        }
        if (shown.multiline()) {
            node.put("format", "multiline");
        }
        if (shown.advanced()) {
            node.put("x-advanced", true);
        }
        if (!shown.when().isEmpty()) {
            int equals = shown.when().indexOf('=');
            var values = node.putObject("x-when").putArray(shown.when().substring(0, equals));
            for (var value : shown.when().substring(equals + 1).split(",")) {
                values.add(value);
            }
        }
        var absent = Shapes.defaultOf(component);
        if (absent != null) {
            node.set("default", NODES.valueToTree(absent));
        }
    }

    private static @Nullable RecordComponent component(FieldScope field) {
        var owner = field.getDeclaringType().getErasedType();
        if (!owner.isRecord() || field.isFakeContainerItemScope()) {
            return null;
        }
        return Arrays.stream(owner.getRecordComponents())
                .filter(component -> component.getName().equals(field.getName()))
                .findFirst()
                .orElse(null);
    }
}
