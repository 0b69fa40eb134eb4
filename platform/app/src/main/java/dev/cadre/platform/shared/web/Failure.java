package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.CadreException.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A failure as the caller will see it.
 *
 * @param retryAfter when to try again
 * @param headers what the status asks for, such as {@code Allow}
 * @param members further members of the document
 */
public record Failure(
        HttpStatus status,
        String code,
        String detail,
        List<Violation> violations,
        @Nullable Duration retryAfter,
        HttpHeaders headers,
        Map<String, Object> members) {

    public static Failure of(HttpStatus status, String code, String detail) {
        return new Failure(status, code, detail, List.of(), null, HttpHeaders.EMPTY, Map.of());
    }

    static Failure of(HttpStatus status, String code, String detail, List<Violation> violations) {
        return new Failure(status, code, detail, violations, null, HttpHeaders.EMPTY, Map.of());
    }

    public static Failure of(CadreException failure) {
        return new Failure(
                status(failure.kind()),
                failure.code(),
                String.valueOf(failure.getMessage()),
                failure.violations(),
                failure.retryAfter(),
                HttpHeaders.EMPTY,
                failure.members());
    }

    Failure retryAfter(Duration wait) {
        return new Failure(status, code, detail, violations, wait, headers, members);
    }

    Failure headers(HttpHeaders more) {
        return new Failure(status, code, detail, violations, retryAfter, more, members);
    }

    private static HttpStatus status(CadreException.Kind kind) {
        return switch (kind) {
            case MALFORMED -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case PRECONDITION_REQUIRED -> HttpStatus.PRECONDITION_REQUIRED;
            case LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
