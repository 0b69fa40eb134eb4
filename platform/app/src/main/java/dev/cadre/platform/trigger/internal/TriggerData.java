package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.trigger.TriggerException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    private TriggerData() {}

    static Map<String, Object> of(HttpServletRequest request, String path, long maxBody) throws IOException {
        var data = new LinkedHashMap<String, Object>();
        data.put("body", body(request, maxBody));
        data.put("headers", headers(request));
        data.put("query", form(request.getQueryString(), StandardCharsets.UTF_8));
        data.put("path", path);
        data.put("method", request.getMethod());
        return data;
    }

    private static @Nullable Object body(HttpServletRequest request, long maxBody) throws IOException {
        if (request.getContentLengthLong() > maxBody) {
            throw TriggerException.tooLarge(maxBody);
        }
        var bytes = request.getInputStream().readNBytes((int) maxBody + 1);
        if (bytes.length > maxBody) {
            throw TriggerException.tooLarge(maxBody);
        }
        if (bytes.length == 0) {
            return null;
        }
        var type = type(request.getContentType());
        if (type.isEmpty() || type.equals("application/json") || type.endsWith("+json")) {
            return json(bytes);
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return form(new String(bytes, StandardCharsets.UTF_8), charset(request));
        }
        if (type.startsWith("text/")) {
            return new String(bytes, charset(request));
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

    private static Charset charset(HttpServletRequest request) {
        try {
            var name = request.getCharacterEncoding();
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
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

    private static Map<String, Object> headers(HttpServletRequest request) {
        var headers = new HashMap<String, Object>();
        for (var name : Collections.list(request.getHeaderNames())) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(lower)) {
                headers.put(lower, String.join(", ", Collections.list(request.getHeaders(name))));
            }
        }
        return headers;
    }

    /** Names with their value, or with a list where they come more than once. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> form(@Nullable String text, Charset charset) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        var values = new LinkedHashMap<String, Object>();
        for (var pair : text.split("&")) {
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals), charset);
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1), charset);
            values.merge(name, value, (before, next) -> {
                var list = before instanceof List<?> known ? (List<Object>) known : new ArrayList<>(List.of(before));
                list.add(next);
                return list;
            });
        }
        return values;
    }

    private static String decoded(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
