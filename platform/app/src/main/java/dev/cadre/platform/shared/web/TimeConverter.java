package dev.cadre.platform.shared.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/** Reads RFC 3339 times of parameters; refuses years that neither RFC 3339 nor the database knows. */
final class TimeConverter implements Converter<String, @Nullable Instant> {

    static final String EXPECTED =
            "Must be a time such as 2026-01-31T08:00:00Z or 2026-01-31T08:00:00%2B02:00, from the year 0001 to 9999.";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Override
    public @Nullable Instant convert(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a time", e);
        }
        throw new IllegalArgumentException("Not a year of RFC 3339");
    }
}
