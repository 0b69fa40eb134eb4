package dev.cadre.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The shapes of values that hold others of one type, and of values that may be anything. */
final class ContainerShapes {

    private ContainerShapes() {}

    /** Any JSON value, passed on as it is. */
    record Any() implements Shape {
        @Override
        public Object read(Object json, String parent, Object name, List<Violation> violations) {
            return json;
        }

        @Override
        public Object write(Object value) {
            return Objects.requireNonNull(JsonValues.checked(value));
        }
    }

    /** A list or a set. */
    record Many(Shape item, boolean nullable, boolean distinct) implements Shape {
        @Override
        public @Nullable Object read(Object json, String parent, Object name, List<Violation> violations) {
            if (!(json instanceof List<?> list)) {
                return Shape.refuse(violations, parent, name, "must be a list, not " + JsonValues.kind(json));
            }
            var at = Violation.pointer(parent, name);
            var read = new ArrayList<@Nullable Object>(list.size());
            for (int index = 0; index < list.size(); index++) {
                read.add(readPart(item, nullable, list.get(index), at, index, violations));
            }
            return distinct ? new LinkedHashSet<>(read) : read;
        }

        @Override
        public Object write(Object value) {
            var written = new ArrayList<@Nullable Object>();
            for (var part : (Collection<?>) value) {
                written.add(part == null ? null : item.write(part));
            }
            return written;
        }
    }

    /** A map from text. */
    record Named(Shape value, boolean nullable) implements Shape {
        @Override
        public @Nullable Object read(Object json, String parent, Object name, List<Violation> violations) {
            if (!(json instanceof Map<?, ?> map)) {
                return Shape.refuse(violations, parent, name, "must be an object, not " + JsonValues.kind(json));
            }
            var at = Violation.pointer(parent, name);
            var read = LinkedHashMap.<Object, @Nullable Object>newLinkedHashMap(map.size());
            map.forEach((key, part) -> read.put(key, readPart(value, nullable, part, at, key, violations)));
            return read;
        }

        @Override
        public Object write(Object object) {
            var written = new LinkedHashMap<String, @Nullable Object>();
            ((Map<?, ?>) object)
                    .forEach((key, part) -> written.put(key.toString(), part == null ? null : value.write(part)));
            return written;
        }
    }

    private static @Nullable Object readPart(
            Shape shape,
            boolean nullable,
            @Nullable Object json,
            String parent,
            Object name,
            List<Violation> violations) {
        if (json != null) {
            return shape.read(json, parent, name, violations);
        }
        return nullable ? null : Shape.refuse(violations, parent, name, "must not be null");
    }
}
