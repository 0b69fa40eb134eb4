package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.spi.trigger.BodyRules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Turns an HTTP request into what a workflow sees as {@code trigger}: body, headers, query, path, method. */
final class TriggerData {

    /** Half of what can be written again, since the body is nested in the trigger's data. */
    private static final int MAX_DEPTH = 500;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    /** The caller's credentials are not the workflow's business. */
    private static final Set<String> LEFT_OUT = Set.of("authorization", "cookie", "proxy-authorization");

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset=\"?([A-Za-z0-9._:+-]+)", Pattern.CASE_INSENSITIVE);

    /** Up to here a buffer is made for what a request says that it sends; beyond it grows with what comes. */
    private static final int SMALL = 64 * 1024;

    private TriggerData() {}

    /** The body as it came; refuses (413) one that is too large. */
    static byte[] bytes(HttpServletRequest request, long maxBody) throws IOException {
        long length = request.getContentLengthLong();
        if (length > maxBody) {
            throw TriggerException.tooLarge(maxBody);
        }
        if (length >= 0 && length <= SMALL) {
            var bytes = new byte[(int) length];
            int read = request.getInputStream().readNBytes(bytes, 0, bytes.length);
            return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
        }
        var bytes = request.getInputStream().readNBytes((int) maxBody + 1);
        if (bytes.length > maxBody) {
            throw TriggerException.tooLarge(maxBody);
        }
        return bytes;
    }

    /** {@code hidden} are further headers that are left out, in lower case. */
    static Map<String, Object> of(
            HttpServletRequest request, String path, byte[] body, BodyRules rules, Set<String> hidden) {
        var data = new LinkedHashMap<String, Object>();
        data.put("body", body(request, body, rules));
        data.put("headers", headers(request, hidden));
        data.put("query", form(request.getQueryString(), StandardCharsets.UTF_8));
        data.put("path", path);
        data.put("method", request.getMethod());
        return data;
    }

    private static @Nullable Object body(HttpServletRequest request, byte[] bytes, BodyRules rules) {
        var type = type(request.getContentType());
        return switch (rules.mode()) {
            case RAW -> RawBody.of(request.getContentType(), type, charset(request), bytes);
            case MULTIPART -> {
                if (!type.equals(MultipartBody.TYPE)) {
                    throw TriggerException.notMultipart();
                }
                yield MultipartBody.of(request.getContentType(), bytes, rules);
            }
            case AUTO -> bytes.length == 0 ? null : byType(request, type, bytes, rules);
        };
    }

    private static @Nullable Object byType(HttpServletRequest request, String type, byte[] bytes, BodyRules rules) {
        if (type.isEmpty() || type.equals("application/json") || type.endsWith("+json")) {
            return json(bytes);
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return form(new String(bytes, StandardCharsets.UTF_8), charset(request));
        }
        if (type.startsWith("text/")) {
            return new String(bytes, charset(request));
        }
        if (type.equals(MultipartBody.TYPE)) {
            return MultipartBody.of(request.getContentType(), bytes, rules);
        }
        throw TriggerException.unsupported(type);
    }

    private static String type(@Nullable String header) {
        if (header == null) {
            return "";
        }
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** What the sender says of itself: the container has set another one for every request. */
    private static Charset charset(HttpServletRequest request) {
        var matcher = CHARSET.matcher(request.getContentType() == null ? "" : request.getContentType());
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static @Nullable Object json(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Object.class);
        } catch (JacksonException e) {
            throw TriggerException.notJson();
        }
    }

    private static Map<String, Object> headers(HttpServletRequest request, Set<String> hidden) {
        var headers = new HashMap<String, Object>();
        for (var name : Collections.list(request.getHeaderNames())) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(lower) && !hidden.contains(lower)) {
                headers.put(lower, String.join(", ", Collections.list(request.getHeaders(name))));
            }
        }
        return headers;
    }

    /** Names with their value, or with a list where they come more than once. */
    private static Map<String, Object> form(@Nullable String text, Charset charset) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        var values = new LinkedHashMap<String, Object>();
        for (var pair : text.split("&")) {
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals), charset);
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1), charset);
            add(values, name, value);
        }
        return values;
    }

    @SuppressWarnings("unchecked")
    static void add(Map<String, Object> values, String name, Object value) {
        values.merge(name, value, (before, next) -> {
            var list = before instanceof List<?> known ? (List<Object>) known : new ArrayList<>(List.of(before));
            list.add(next);
            return list;
        });
    }

    private static String decoded(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
