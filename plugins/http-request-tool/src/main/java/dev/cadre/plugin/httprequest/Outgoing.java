package dev.cadre.plugin.httprequest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cadre.spi.Json;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the request out of the step's inputs. */
final class Outgoing {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Outgoing() {}

    static HttpRequest request(HttpRequestTool.Input input, String idempotencyKey) {
        if (!input.timeout().isPositive() || input.timeout().compareTo(LONGEST) > 0) {
            throw new Rejected("INVALID_INPUT", "The timeout must be above PT0S and at most " + LONGEST + ".");
        }
        var headers = new LinkedHashMap<String, List<String>>();
        input.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        if (input.body() != null && !has(headers, "content-type")) {
            var type = input.body() instanceof String ? "text/plain; charset=utf-8" : "application/json";
            headers.put("Content-Type", List.of(type));
        }
        if (!has(headers, "accept")) {
            headers.put("Accept", List.of("application/json, */*;q=0.5"));
        }
        if (!has(headers, "idempotency-key")) {
            headers.put("Idempotency-Key", List.of(idempotencyKey));
        }
        return new HttpRequest(
                input.method().name(), uri(input.url(), input.query()), headers, bytes(input.body()), input.timeout());
    }

    private static boolean has(Map<String, List<String>> headers, String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static byte @Nullable [] bytes(@Nullable Object body) {
        return switch (body) {
            case null -> null;
            case String text -> text.getBytes(UTF_8);
            default -> Json.write(body).getBytes(UTF_8);
        };
    }

    private static URI uri(String url, Map<String, Object> query) {
        try {
            var uri = new URI(url.strip());
            if (uri.getHost() == null
                    || !("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
                throw new Rejected("INVALID_INPUT", "The URL must start with https:// or http:// and name a host.");
            }
            var pairs = pairs(query);
            if (pairs.isEmpty()) {
                return uri;
            }
            var whole = url.strip();
            int fragment = whole.indexOf('#');
            var address = fragment < 0 ? whole : whole.substring(0, fragment);
            return new URI(address + (uri.getRawQuery() == null ? "?" : "&") + pairs);
        } catch (URISyntaxException unreadable) {
            throw new Rejected(
                    "INVALID_INPUT",
                    "The URL is not valid at character " + (unreadable.getIndex() + 1) + ": " + unreadable.getReason()
                            + ".");
        }
    }

    private static String pairs(Map<String, Object> query) {
        var pairs = new ArrayList<String>();
        query.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                list.forEach(item -> pairs.add(pair(name, item)));
            } else if (value != null) {
                pairs.add(pair(name, value));
            }
        });
        return String.join("&", pairs);
    }

    private static String pair(String name, @Nullable Object value) {
        var text = value instanceof String plain ? plain : Json.write(value);
        return encoded(name) + "=" + encoded(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
