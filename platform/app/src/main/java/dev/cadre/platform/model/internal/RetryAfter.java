package dev.cadre.platform.model.internal;

import dev.cadre.spi.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a provider wants us to wait: {@code Retry-After} as seconds or date, or Google's {@code retryDelay}. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,9}(?:\\.\\d{1,9})?)s\"");

    private RetryAfter() {}

    static @Nullable Duration of(HttpResponse response, String body, Clock clock) {
        var values = response.headers().getOrDefault("retry-after", List.of());
        if (!values.isEmpty()) {
            return header(values.getFirst().strip(), clock);
        }
        var delay = DELAY.matcher(body);
        return delay.find() ? seconds(delay.group(1)) : null;
    }

    private static @Nullable Duration header(String value, Clock clock) {
        if (SECONDS.matcher(value).matches()) {
            return seconds(value);
        }
        try {
            var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            var wait = Duration.between(clock.instant(), until.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Rounded up: never a moment too early. */
    private static Duration seconds(String text) {
        return Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1000));
    }
}
