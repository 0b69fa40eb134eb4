package dev.cadre.platform.run.internal.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON text of the journal's columns, to and from JSON values. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static @Nullable String write(@Nullable Object value) {
        return value == null ? null : MAPPER.writeValueAsString(value);
    }

    /** Like {@link #write}, for columns where a JSON null is a value. */
    public static String text(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static byte[] bytes(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static @Nullable Object read(@Nullable String text) {
        return text == null ? null : MAPPER.readValue(text, Object.class);
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> readMap(@Nullable String text) {
        return read(text) instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    /** Throws {@link JacksonException} where the bytes are no JSON. */
    public static @Nullable Object parse(byte[] bytes) {
        return MAPPER.readValue(bytes, Object.class);
    }
}
