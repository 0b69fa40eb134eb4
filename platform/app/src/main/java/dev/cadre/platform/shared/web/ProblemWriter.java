package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.CadreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a failure as problem document, the same from controllers, filters and security. */
@Component
public class ProblemWriter {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private final JsonMapper json;
    private final ClientAddress addresses;
    private final ApplicationEventPublisher events;

    ProblemWriter(JsonMapper json, ClientAddress addresses, ApplicationEventPublisher events) {
        this.json = json;
        this.addresses = addresses;
        this.events = events;
    }

    public void write(Failure failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure.status().is4xxClientError()) {
            events.publishEvent(RequestRefused.of(failure, actor(request), request));
        }
        write(failure, request.getRequestURI(), request, response);
    }

    /** In front of the filter that says who acts nobody does yet, and at webhooks there is none. */
    private Actor actor(HttpServletRequest request) {
        var current = Actor.current();
        if (current.kind() != Actor.Kind.SYSTEM) {
            return current;
        }
        var address = addresses.of(request);
        return Actor.anonymous(
                address == null ? null : address.getHostAddress(), request.getHeader(HttpHeaders.USER_AGENT));
    }

    public void write(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var failure = Failures.of(thrown);
        if (thrown instanceof CadreException refused && refused.door() != null) {
            request.setAttribute(RequestRefused.ORGANIZATION, refused.door());
        }
        switch (failure.status().value()) {
            case 500 -> log.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
            case 503 ->
                log.warn("{} {} can't be served: {}", request.getMethod(), request.getRequestURI(), thrown.toString());
            default -> log.debug("{} {} refused", request.getMethod(), request.getRequestURI(), thrown);
        }
        write(failure, request, response);
    }

    /** With a path other than the request's own, after a dispatch to an error page. */
    void write(Failure failure, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setHeader(HttpHeaders.CONTENT_ENCODING, null);
        response.setHeader(HttpHeaders.ETAG, null);
        response.setStatus(failure.status().value());
        failure.headers().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        var wait = failure.retryAfter();
        if (wait != null) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        if (failure.status() == HttpStatus.UNAUTHORIZED && response.getHeader(HttpHeaders.WWW_AUTHENTICATE) == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        var body = json.writeValueAsBytes(document(failure, path, TraceId.of(request)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static Map<String, Object> document(Failure failure, String path, String traceId) {
        return new ProblemDocument(
                        "/problems/" + failure.code(),
                        failure.status().getReasonPhrase(),
                        failure.status().value(),
                        failure.detail(),
                        path,
                        failure.code(),
                        traceId,
                        List.copyOf(failure.violations()))
                .with(failure.members());
    }
}
