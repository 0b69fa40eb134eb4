package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.RunOutcome;
import dev.cadre.platform.trigger.TriggerException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a workflow says to the caller of its webhook. */
final class WebhookAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** Headers that belong to the connection or to the hub's own origin: a workflow can't set them. */
    private static final Set<String> KEPT_BACK = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "content-length",
            "set-cookie",
            "date",
            "server",
            "x-cadre-run-id",
            "proxy-authenticate",
            "proxy-authorization",
            "strict-transport-security",
            "content-security-policy",
            "clear-site-data",
            "referrer-policy",
            "permissions-policy",
            "service-worker-allowed",
            // these would send what browsers see of the whole origin to somebody else, or the browsers themselves
            "nel",
            "report-to",
            "reporting-endpoints",
            "alt-svc");

    private WebhookAnswer() {}

    static void accepted(HttpServletResponse response, String runId) throws IOException {
        response.setHeader("Location", "/api/v1/runs/" + runId);
        json(response, 202, Map.of("runId", runId));
    }

    static void of(RunOutcome outcome, HttpServletResponse response) throws IOException {
        var answer = outcome.answer();
        if (answer != null) {
            write(answer, response);
            return;
        }
        switch (outcome.status()) {
            case SUCCEEDED -> json(response, 200, outcome.output());
            case CANCELLED -> throw TriggerException.runCancelled();
            default -> {
                var error = outcome.error();
                throw TriggerException.runFailed(
                        outcome.run(), error == null ? "UNKNOWN" : error.code(), error == null ? "" : error.message());
            }
        }
    }

    private static void write(RunOutcome.Answer answer, HttpServletResponse response) throws IOException {
        int status = answer.status() >= 200 && answer.status() <= 599 ? answer.status() : 200;
        @Nullable String contentType = null;
        for (var header : answer.headers().entrySet()) {
            var lower = header.getKey().toLowerCase(Locale.ROOT);
            if (lower.equals("content-type")) {
                contentType = clean(header.getValue());
            } else if (NAME.matcher(header.getKey()).matches() && !isKeptBack(lower, response)) {
                response.setHeader(header.getKey(), clean(header.getValue()));
            }
        }
        // What a workflow answers must not run as a page of the hub's own origin.
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        var body = answer.body();
        if (body instanceof String text && (contentType == null || !contentType.contains("json"))) {
            bytes(
                    response,
                    status,
                    contentType == null ? "text/plain;charset=UTF-8" : contentType,
                    text.getBytes(StandardCharsets.UTF_8));
        } else if (body == null) {
            bytes(response, status, contentType == null ? "application/json" : contentType, new byte[0]);
        } else {
            bytes(
                    response,
                    status,
                    contentType == null ? "application/json" : contentType,
                    JSON.writeValueAsBytes(body));
        }
    }

    /** Where the trigger says which web pages may call, the workflow says nothing else. */
    private static boolean isKeptBack(String header, HttpServletResponse response) {
        boolean decided = response.containsHeader("Access-Control-Allow-Origin") || response.containsHeader("Vary");
        return KEPT_BACK.contains(header) || decided && (header.startsWith("access-control-") || header.equals("vary"));
    }

    private static String clean(String value) {
        return value.replaceAll("[\\r\\n\\x00]", " ");
    }

    private static void json(HttpServletResponse response, int status, @Nullable Object body) throws IOException {
        bytes(response, status, "application/json", JSON.writeValueAsBytes(body));
    }

    private static void bytes(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
