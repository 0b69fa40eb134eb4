package dev.cadre.platform.shared.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Reads enum values of parameters as they are written everywhere in the API: in lower case. */
final class LowerCaseEnums implements ConverterFactory<String, Enum<?>> {

    /** The values of an enum as clients write them. */
    static List<String> values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public <T extends Enum<?>> Converter<String, @Nullable T> getConverter(Class<T> type) {
        return text -> {
            if (text.isEmpty()) {
                return null; // as if it was left out
            }
            for (T constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("No such value");
        };
    }
}
