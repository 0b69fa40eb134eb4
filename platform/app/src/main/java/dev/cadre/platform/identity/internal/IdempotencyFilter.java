package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.shared.web.Failure;
import dev.cadre.platform.shared.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a POST with an {@code Idempotency-Key} happen once: its answer is kept and sent again to the same request. Only
 * success is kept; a request that was refused created nothing and may be sent again under its key.
 */
@Component
@Order(-50)
class IdempotencyFilter extends OncePerRequestFilter {

    private static final String KEY = "Idempotency-Key";
    private static final int MAX_KEY = 255;
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG);
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final IdempotencyKeys keys;
    private final ProblemWriter problems;
    private final JsonMapper json;

    IdempotencyFilter(IdempotencyKeys keys, ProblemWriter problems, JsonMapper json) {
        this.keys = keys;
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getServletPath();
        // switching creates nothing, and its answer is a token that must not be kept
        return request.getHeader(KEY) == null
                || !request.getMethod().equals("POST")
                || !path.startsWith("/api/v1/")
                || path.startsWith("/api/v1/me/") // secrets of a person, too
                || path.startsWith("/api/v1/api-keys") // a key is shown once, and kept nowhere
                || path.endsWith("/switch");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = CurrentCaller.find();
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        var key = request.getHeader(KEY);
        if (key.isBlank() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > 31 && c < 127)) {
            var detail = KEY + " must have 1 to " + MAX_KEY + " printable ASCII characters.";
            problems.write(Failure.of(HttpStatus.BAD_REQUEST, "malformed-request", detail), request, response);
            return;
        }
        try {
            var rereadable = RereadableRequest.of(request);
            var fingerprint = rereadable.fingerprint();
            var known = keys.take(caller.get(), key, fingerprint);
            if (known.isPresent()) {
                repeat(known.get(), fingerprint, request, response);
            } else {
                perform(caller.get(), key, rereadable, response, chain);
            }
        } catch (RuntimeException e) {
            problems.write(e, request, response); // the body is too large, or the database is away
        }
    }

    private void perform(
            Caller caller, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var recorded = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(request, recorded);
            if (request.isAsyncStarted()) {
                throw new IllegalStateException("A POST that creates something must be answered by its own thread");
            }
            var body = recorded.getContentAsByteArray();
            if (recorded.getStatus() < 300) {
                keys.answered(caller, key, recorded.getStatus(), json.writeValueAsString(headers(recorded)), body);
                kept = true;
            }
        } finally {
            if (!kept) {
                keys.release(caller, key);
            }
        }
        recorded.copyBodyToResponse();
    }

    private void repeat(
            IdempotencyKeys.Known known, byte[] fingerprint, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!MessageDigest.isEqual(known.fingerprint(), fingerprint)) {
            var detail = "This " + KEY + " was used for another request: use a new key for each.";
            problems.write(
                    Failure.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", detail), request, response);
            return;
        }
        var status = known.status();
        if (status == null) {
            var detail = "The first request with this " + KEY + " is still being worked on: wait for its answer.";
            problems.write(Failure.of(HttpStatus.CONFLICT, "idempotency-key-in-use", detail), request, response);
            return;
        }
        response.setStatus(status);
        json.readValue(known.headers(), HEADERS).forEach(response::setHeader);
        response.setHeader("Idempotency-Replayed", "true");
        response.setContentLength(known.body().length);
        response.getOutputStream().write(known.body());
    }

    private static Map<String, String> headers(ContentCachingResponseWrapper response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT_HEADERS) {
            var value = name.equals(HttpHeaders.CONTENT_TYPE) ? response.getContentType() : response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }
}
