package dev.cadre.spi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON, so that a tool needs no library for it. JSON values are {@code Map<String, Object>}, {@code
 * List}, {@code String}, {@code Integer}, {@code Long}, {@code Double}, {@code BigDecimal}, {@code Boolean} and null.
 *
 * @since 0.1
 */
public final class Json {

    static final int DEEPEST = 200;

    private Json() {}

    /**
     * The value of a JSON text.
     *
     * @throws IllegalArgumentException with the position, when the text is not JSON
     */
    public static @Nullable Object parse(String text) {
        return new JsonParser(text).document();
    }

    /**
     * The JSON text of a value.
     *
     * @throws IllegalArgumentException when JSON does not have the value
     */
    public static String write(@Nullable Object value) {
        var text = new StringBuilder();
        write(value, text, 0);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("The value is nested more than " + DEEPEST + " levels deep.");
        }
        switch (value) {
            case null -> text.append("null");
            case String string -> quote(string, text);
            case Boolean truth -> text.append(truth);
            case Double real
            when !Double.isFinite(real) -> throw new IllegalArgumentException("JSON has no number " + real + ".");
            case Integer number -> text.append(number.intValue());
            case Long number -> text.append(number.longValue());
            case Double number -> text.append(number.doubleValue());
            case BigDecimal number -> text.append(number);
            case Map<?, ?> object -> writeObject(object, text, depth);
            case List<?> list -> writeList(list, text, depth);
            default ->
                throw new IllegalArgumentException(
                        "JSON has no " + value.getClass().getName() + ".");
        }
    }

    private static void writeObject(Map<?, ?> object, StringBuilder text, int depth) {
        char before = '{';
        for (var entry : object.entrySet()) {
            text.append(before);
            quote(String.valueOf(entry.getKey()), text);
            text.append(':');
            write(entry.getValue(), text, depth + 1);
            before = ',';
        }
        text.append(object.isEmpty() ? "{}" : "}");
    }

    private static void writeList(List<?> list, StringBuilder text, int depth) {
        char before = '[';
        for (var item : list) {
            text.append(before);
            write(item, text, depth + 1);
            before = ',';
        }
        text.append(list.isEmpty() ? "[]" : "]");
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int index = 0; index < string.length(); index++) {
            char next = string.charAt(index);
            switch (next) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (next < ' ' || Character.isSurrogate(next) && !isPaired(string, index)) {
                        text.append(String.format("\\u%04x", (int) next));
                    } else {
                        text.append(next);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean isPaired(String string, int index) {
        return Character.isHighSurrogate(string.charAt(index))
                ? index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(string.charAt(index - 1));
    }
}
