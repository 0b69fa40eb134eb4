package dev.cadre.spi.connector;

import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an {@link HttpCall}, and how its status becomes a failure that the engine understands.
 *
 * @param headers by name in lower case, several values joined by a comma
 * @since 0.1
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    /** Reads the answer and leaves the exchange with its body as text and without headers. */
    public static HttpAnswer read(Exchange exchange) {
        var message = exchange.getMessage();
        var status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        var headers = new TreeMap<String, String>();
        for (var name : message.getHeaders().keySet()) {
            if (!name.startsWith("Camel")) {
                var value = message.getHeader(name, String.class);
                headers.put(name.toLowerCase(Locale.ROOT), value == null ? "" : value);
            }
        }
        var body = message.getBody(String.class);
        message.removeHeaders("*");
        message.setBody(body == null ? "" : body);
        return new HttpAnswer(status == null ? 0 : status, headers, body == null ? "" : body);
    }

    /**
     * A route's processor that lets a 2xx answer pass, with its body as text and without headers, and fails otherwise.
     *
     * @param system upper case, begins the codes: {@code SLACK} gives {@code SLACK_RATE_LIMITED}
     */
    public static Processor success(String system) {
        return exchange -> {
            var answer = read(exchange);
            if (!answer.successful()) {
                throw answer.failure(system, answer.body());
            }
        };
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /**
     * What an unsuccessful status means: 408, 429 and 5xx are worth a retry, everything else is not.
     *
     * @param explanation what the other side said, shortened here
     */
    public StepException failure(String system, String explanation) {
        var said = explanation.isBlank() ? "." : ": " + shorten(explanation.strip());
        return switch (status) {
            case 429 -> new Retryable(system + "_RATE_LIMITED", "The service asks to slow down" + said, retryAfter());
            case 401 ->
                new Rejected(
                        system + "_UNAUTHORIZED", "The service does not accept the connection's credentials" + said);
            case 408, 500, 502, 503, 504 ->
                new Retryable(
                        system + "_UNAVAILABLE", "The service answered with status " + status + said, retryAfter());
            default -> new Rejected(system + "_HTTP_" + status, "The service answered with status " + status + said);
        };
    }

    /** How long the other side asks to wait, null when it does not say. */
    public @Nullable Duration retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"))
                .map(HttpAnswer::wait)
                .orElse(null);
    }

    private static @Nullable Duration wait(String text) {
        try {
            if (text.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(Integer.parseInt(text));
            }
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (NumberFormatException | DateTimeParseException e) {
            return null;
        }
    }

    private static String shorten(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
