package dev.cadre.schema;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record: its components by name, then its constructor, then its Jakarta Validation constraints. */
final class RecordShape implements Shape {

    /** One component; {@code absent} is its default as a JSON value, null where it has none. */
    record Part(
            String name,
            Shape shape,
            boolean nullable,
            @Nullable Object absent,
            MethodHandle accessor) {}

    private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);
    private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);

    private final Class<?> type;
    private final Validator validator;
    private final boolean constrained;
    private final MethodHandle constructor;
    private Part[] parts = {};

    RecordShape(Class<?> type, Validator validator) {
        this.type = type;
        this.validator = validator;
        this.constrained = validator.getConstraintsForClass(type).isBeanConstrained();
        this.constructor = constructor(type);
    }

    /** Called once, after construction: a record may hold itself. */
    void parts(List<Part> compiled) {
        parts = compiled.toArray(Part[]::new);
    }

    private static MethodHandle constructor(Class<?> type) {
        var components = type.getRecordComponents();
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asFixedArity()
                    .asSpreader(Object[].class, components.length)
                    .asType(CONSTRUCTOR);
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalArgumentException("The constructor of " + type.getName() + " is out of reach.", unusable);
        }
    }

    static MethodHandle accessor(RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return MethodHandles.lookup().unreflect(accessor).asType(ACCESSOR);
        } catch (IllegalAccessException unusable) {
            throw new IllegalArgumentException(component + " is out of reach.", unusable);
        }
    }

    @Override
    public @Nullable Object read(Object json, String parent, Object name, List<Violation> violations) {
        if (json instanceof Map<?, ?> object) {
            return readObject(object, Violation.pointer(parent, name), violations);
        }
        return Shape.refuse(violations, parent, name, "must be an object, not " + JsonValues.kind(json));
    }

    @Nullable
    Object readObject(Map<?, ?> object, String at, List<Violation> violations) {
        int before = violations.size();
        int known = 0;
        @Nullable Object[] arguments = new @Nullable Object[parts.length];
        for (int index = 0; index < parts.length; index++) {
            var part = parts[index];
            Object json = object.get(part.name);
            if (json != null) {
                known++;
            } else {
                known += object.containsKey(part.name) ? 1 : 0;
                json = part.absent;
            }
            if (json != null) {
                arguments[index] = part.shape.read(json, at, part.name, violations);
            } else if (!part.nullable) {
                Shape.refuse(violations, at, part.name, "is required");
            }
        }
        if (known != object.size()) {
            refuseUnknown(object, at, violations);
        }
        if (violations.size() > before) {
            checkTheRest(arguments, at, violations);
            return null;
        }
        return construct(arguments, at, violations);
    }

    private void refuseUnknown(Map<?, ?> object, String at, List<Violation> violations) {
        for (var key : object.keySet()) {
            if (Arrays.stream(parts).noneMatch(part -> part.name.equals(key))) {
                Shape.refuse(violations, at, key, "is not known here");
            }
        }
    }

    /** Names all that is wrong at once: limits are checked even where another component can't be read. */
    private void checkTheRest(@Nullable Object[] arguments, String at, List<Violation> violations) {
        if (!constrained) {
            return;
        }
        for (int index = 0; index < parts.length; index++) {
            var value = arguments[index];
            if (value != null) {
                note(validator.validateValue(type, parts[index].name, value), at, violations);
            }
        }
    }

    private @Nullable Object construct(@Nullable Object[] arguments, String at, List<Violation> violations) {
        Object value;
        try {
            value = constructor.invokeExact(arguments);
        } catch (IllegalArgumentException | NullPointerException refused) {
            var message = refused.getMessage();
            violations.add(new Violation(at, message == null ? "is not valid" : message));
            return null;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        }
        if (constrained) {
            var wrong = validator.validate(value);
            if (!wrong.isEmpty()) {
                note(wrong, at, violations);
                return null;
            }
        }
        return value;
    }

    private static void note(Set<? extends ConstraintViolation<?>> wrong, String at, List<Violation> violations) {
        wrong.stream()
                .map(violation -> new Violation(pointer(at, violation.getPropertyPath()), violation.getMessage()))
                .filter(violation -> !violations.contains(violation))
                .sorted((one, other) -> one.pointer().compareTo(other.pointer()))
                .forEach(violations::add);
    }

    private static String pointer(String at, Path path) {
        var pointer = at;
        for (var node : path) {
            if (node.isInIterable() && node.getIndex() != null) {
                pointer = Violation.pointer(pointer, node.getIndex());
            } else if (node.isInIterable() && node.getKey() != null) {
                pointer = Violation.pointer(pointer, node.getKey());
            }
            var name = node.getName();
            if (name != null && !name.startsWith("<")) {
                pointer = Violation.pointer(pointer, name);
            }
        }
        return pointer;
    }

    @Override
    public Map<String, Object> write(Object value) {
        var written = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(parts.length);
        for (var part : parts) {
            written.put(part.name, writePart(part, value));
        }
        return cast(written);
    }

    private static @Nullable Object writePart(Part part, Object value) {
        Object component;
        try {
            component = part.accessor.invokeExact(value);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        }
        return component == null ? null : part.shape.write(component);
    }

    /** JSON objects travel as {@code Map<String, Object>} though their values may be null. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private static Map<String, Object> cast(Map<String, @Nullable Object> written) {
        return (Map<String, Object>) (Map<?, ?>) written;
    }
}
