package dev.cadre.plugin.httprequest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cadre.spi.Json;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.http.HttpResponse;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the step's output, or its failure, out of the answer. */
final class Incoming {

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final int SHOWN = 300;

    private Incoming() {}

    static HttpRequestTool.Output output(HttpResponse answer, HttpRequestTool.Input input) {
        if (answer.status() >= 400 && !input.acceptStatus().contains(answer.status())) {
            throw failure(answer);
        }
        var headers = new LinkedHashMap<String, String>();
        answer.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new HttpRequestTool.Output(answer.status(), headers, body(answer));
    }

    private static StepException failure(HttpResponse answer) {
        int status = answer.status();
        var text = text(answer).strip();
        var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        var message = "The server answered " + status + (shown.isEmpty() ? "." : ": " + shown);
        var code = "HTTP_" + status;
        return status == 408 || status == 429 || status >= 500
                ? new Retryable(code, message, retryAfter(answer))
                : new Rejected(code, message);
    }

    private static @Nullable Duration retryAfter(HttpResponse answer) {
        var values = answer.headers().getOrDefault("retry-after", List.of());
        if (values.isEmpty()) {
            return null;
        }
        var value = values.getFirst().strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            var at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            var left = Duration.between(ZonedDateTime.now(at.getZone()), at);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static @Nullable Object body(HttpResponse answer) {
        if (answer.body().length == 0) {
            return null;
        }
        var text = text(answer);
        if (!isJson(type(answer))) {
            return text;
        }
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new Rejected(
                    "HTTP_INVALID_JSON", "The server said JSON and sent something else. " + unreadable.getMessage());
        }
    }

    private static boolean isJson(String type) {
        var plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return plain.equals("application/json") || plain.endsWith("+json");
    }

    private static String type(HttpResponse answer) {
        return answer.headers().getOrDefault("content-type", List.of("")).getFirst();
    }

    private static String text(HttpResponse answer) {
        var named = CHARSET.matcher(type(answer));
        try {
            return new String(answer.body(), named.find() ? Charset.forName(named.group(1)) : UTF_8);
        } catch (IllegalArgumentException unknown) {
            return new String(answer.body(), UTF_8);
        }
    }
}
