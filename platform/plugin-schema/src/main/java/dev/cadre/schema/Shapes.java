package dev.cadre.schema;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import jakarta.validation.Validator;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Compiles the shapes of one plugin's records. */
final class Shapes {

    private static final JsonMapper DEFAULTS = new JsonMapper();

    private final Map<Class<?>, RecordShape> records = new HashMap<>();
    private final Validator validator;

    Shapes(Validator validator) {
        this.validator = validator;
    }

    synchronized RecordShape of(Class<?> type) {
        var known = records.get(type);
        if (known != null) {
            return known;
        }
        var shape = new RecordShape(type, validator);
        records.put(type, shape);
        var parts = new ArrayList<RecordShape.Part>();
        for (var component : type.getRecordComponents()) {
            parts.add(part(component));
        }
        shape.parts(parts);
        return shape;
    }

    private RecordShape.Part part(RecordComponent component) {
        try {
            return new RecordShape.Part(
                    component.getName(),
                    shape(component.getAnnotatedType()),
                    isNullable(component.getAnnotatedType()),
                    defaultOf(component),
                    RecordShape.accessor(component));
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getSimpleName() + "." + component.getName() + ": "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Shape shape(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType parameterized
                && annotated.getType() instanceof java.lang.reflect.ParameterizedType type) {
            return container((Class<?>) type.getRawType(), parameterized.getAnnotatedActualTypeArguments());
        }
        if (annotated.getType() instanceof Class<?> type) {
            return simple(type);
        }
        throw new IllegalArgumentException(annotated.getType() + " has no JSON form.");
    }

    private Shape simple(Class<?> type) {
        var scalar = Scalars.of(type);
        if (scalar != null) {
            return scalar;
        }
        if (type == Object.class) {
            return new ContainerShapes.Any();
        }
        if (type.isEnum()) {
            return new EnumShape(type);
        }
        if (type.isRecord()) {
            return of(type);
        }
        throw new IllegalArgumentException(
                type.getName() + " has no JSON form: use a record, an enum, a list, a map or a simple value.");
    }

    private Shape container(Class<?> raw, AnnotatedType[] arguments) {
        var last = arguments[arguments.length - 1];
        boolean nullable = isNullable(last) || last.getType() == Object.class;
        if (raw == List.class || raw == Set.class) {
            return new ContainerShapes.Many(shape(last), nullable, raw == Set.class);
        }
        if (raw == Map.class && arguments[0].getType() == String.class) {
            return new ContainerShapes.Named(shape(last), nullable);
        }
        throw new IllegalArgumentException(raw.getName() + " has no JSON form: use List, Set or Map<String, …>.");
    }

    /** The default as a JSON value; text needs no quotes. */
    static @Nullable Object defaultOf(RecordComponent component) {
        var field = fieldOf(component);
        if (field == null || field.defaultValue().isEmpty()) {
            return null;
        }
        try {
            return JsonValues.of(DEFAULTS.readTree(field.defaultValue()));
        } catch (JacksonException plainText) {
            return field.defaultValue();
        }
    }

    static @Nullable Field fieldOf(RecordComponent component) {
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(Field.class);
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<String> secretsOf(Class<?> type) {
        var secrets = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            if (component.getType() == Secret.class) {
                secrets.add(component.getName());
            }
        }
        return List.copyOf(secrets);
    }
}
