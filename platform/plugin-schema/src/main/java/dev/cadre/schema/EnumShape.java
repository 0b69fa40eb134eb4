package dev.cadre.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of several names. In JSON a constant is written {@code last-step}, or as its {@code toString} says where that is
 * overridden; reading does not mind upper case and underscores.
 */
final class EnumShape implements Shape {

    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();

    EnumShape(Class<?> type) {
        for (var constant : type.getEnumConstants()) {
            var text = text((Enum<?>) constant);
            texts.add(text);
            constants.put(key(text), constant);
        }
    }

    static String text(Enum<?> constant) {
        var shown = constant.toString();
        return shown.equals(constant.name()) && !saysItself(constant)
                ? shown.toLowerCase(Locale.ROOT).replace('_', '-')
                : shown;
    }

    private static boolean saysItself(Enum<?> constant) {
        try {
            return constant.getClass().getMethod("toString").getDeclaringClass() != Enum.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public @Nullable Object read(Object json, String parent, Object name, List<Violation> violations) {
        var constant = json instanceof String text ? constants.get(key(text)) : null;
        return constant != null
                ? constant
                : Shape.refuse(violations, parent, name, "must be one of " + String.join(", ", texts));
    }

    @Override
    public Object write(Object value) {
        return text((Enum<?>) value);
    }
}
