package dev.cadre.platform.model.internal;

import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what a provider's failure means to the engine: worth another try and when, or never. */
final class ProviderFailures {

    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length_exceeded|prompt is too long|maximum context length|context window|context size"
                    + "|input token count|exceeds? the (?:maximum|available) (?:number of )?(?:input )?(?:tokens|context)",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 300;

    private final String provider;
    private final @Nullable String key;
    private final Clock clock;

    ProviderFailures(String provider, @Nullable String key, Clock clock) {
        this.provider = provider;
        this.key = key;
        this.clock = clock;
    }

    /** The failure of an exchange whose call ended with {@code thrown}. */
    StepException of(Exchange exchange, Exception thrown) {
        var failure = exchange.failure();
        if (failure != null) {
            return unanswered(failure);
        }
        var response = exchange.response();
        if (response == null) {
            return thrown instanceof StepException step
                    ? step
                    : new Rejected("MODEL_BAD_REQUEST", "The request for " + provider + " can't be built.", thrown);
        }
        if (response.status() / 100 == 2) {
            return new Retryable(
                    "MODEL_BAD_ANSWER", provider + " answered with something that can't be read.", null, thrown);
        }
        return refused(response);
    }

    private StepException unanswered(StepException failure) {
        return switch (failure.code()) {
            case "HTTP_TIMEOUT" -> new Retryable("MODEL_TIMEOUT", provider + " did not answer in time.");
            case "HTTP_UNREACHABLE" -> new Retryable("MODEL_UNREACHABLE", provider + " can't be reached.");
            case "HTTP_INVALID_REQUEST" ->
                new Rejected(
                        "MODEL_BAD_REQUEST",
                        "The key or address of " + provider + " holds characters that a request can't hold.");
            default -> failure;
        };
    }

    private StepException refused(HttpResponse response) {
        var body = new String(response.body(), StandardCharsets.UTF_8);
        int status = response.status();
        if (status == 401 || status == 403 || status == 400 && body.contains("API_KEY_INVALID")) {
            return new Rejected("MODEL_KEY_REJECTED", provider + " does not accept the key of this hub.");
        }
        var said = provider + " answered " + status + said(body);
        if (status == 429) {
            return new Retryable("MODEL_RATE_LIMITED", said, wait(response, body));
        }
        if (status == 408 || status == 409 || status == 425 || status >= 500) {
            return new Retryable("MODEL_UNAVAILABLE", said, wait(response, body));
        }
        if (status == 404) {
            return new Rejected("MODEL_UNKNOWN", said);
        }
        if (status == 413 || TOO_LONG.matcher(body).find()) {
            return new Rejected("CONTEXT_TOO_LONG", said);
        }
        return new Rejected("MODEL_BAD_REQUEST", said);
    }

    private @Nullable Duration wait(HttpResponse response, String body) {
        return RetryAfter.of(response, body, clock);
    }

    /** The provider's own words, short and without the key. */
    private String said(String body) {
        var matcher = MESSAGE.matcher(body);
        if (!matcher.find()) {
            return ".";
        }
        var text = matcher.group(1)
                .replace("\\\"", "\"")
                .replaceAll("\\\\[nrt]", " ")
                .replace("\\/", "/");
        if (key != null) {
            text = text.replace(key, "***");
        }
        return ": " + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }
}
