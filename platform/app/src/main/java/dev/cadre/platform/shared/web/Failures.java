package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.CadreException.Violation;
import jakarta.validation.ConstraintViolationException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** Says for every exception what the caller may know of it: a client's input never yields a 500. */
final class Failures {

    private static final Duration DATABASE_WAIT = Duration.ofSeconds(5);

    private Failures() {}

    static Failure of(Throwable thrown) {
        var ours = cause(thrown, CadreException.class);
        if (ours != null) {
            return Failure.of(ours);
        }
        return switch (thrown) {
            case MethodArgumentNotValidException e -> invalid(violations(e.getBindingResult()));
            case HandlerMethodValidationException e -> invalid(e);
            case ConstraintViolationException e -> invalid(violations(e));
            case HttpMessageNotReadableException e -> unreadable(e);
            case MethodArgumentTypeMismatchException e -> mismatch(e);
            case MissingRequestValueException e -> malformed(e.getBody().getDetail());
            case MaxUploadSizeExceededException e ->
                Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", "The upload is larger than allowed.");
            case MultipartException e -> malformed("The body is not a well-formed multipart form.");
            case HttpRequestMethodNotSupportedException e ->
                Failure.of(
                                HttpStatus.METHOD_NOT_ALLOWED,
                                "method-not-allowed",
                                e.getMethod() + " is not supported here; see Allow.")
                        .headers(e.getHeaders());
            case HttpMediaTypeNotSupportedException e ->
                Failure.of(
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                "unsupported-media-type",
                                "The body must be of one of the types " + e.getSupportedMediaTypes() + ".")
                        .headers(e.getHeaders());
            case InvalidParameterException e ->
                malformed("A parameter can't be read: names and values are UTF-8 in percent-encoding.");
            case NoResourceFoundException e -> notFound();
            case AccessDeniedException e -> forbidden();
            case AuthenticationException e -> unauthenticated();
            default -> other(thrown);
        };
    }

    static Failure notFound() {
        return Failure.of(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address.");
    }

    static Failure forbidden() {
        return Failure.of(HttpStatus.FORBIDDEN, "forbidden", "Your role does not allow this.");
    }

    static Failure unauthenticated() {
        return Failure.of(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "This needs a valid access token or API key, sent as 'Authorization: Bearer …': sign in, or make a"
                        + " key. One that was revoked, has expired or is mistyped is not valid.");
    }

    /** What a bare status says, where nothing more is known. */
    static Failure of(HttpStatus status) {
        return switch (status.value()) {
            case 401 -> unauthenticated();
            case 403 -> forbidden();
            case 404 -> notFound();
            case 405 -> Failure.of(status, "method-not-allowed", "This method is not supported here.");
            case 406 ->
                Failure.of(status, "not-acceptable", "Nothing here can be sent in the form that Accept asks for.");
            case 408 -> Failure.of(status, "too-slow", "The request came too slowly: send it at one go.");
            case 413 -> Failure.of(status, "too-large", "The request is larger than allowed.");
            case 415 -> Failure.of(status, "unsupported-media-type", "The body's type is not supported here.");
            case 501 -> Failure.of(status, "malformed-request", "The hub does not know this method or encoding.");
            case 503 ->
                Failure.of(status, "unavailable", "The hub can't answer at the moment; try again.")
                        .retryAfter(DATABASE_WAIT);
            default -> status.is4xxClientError() ? malformed("The request can't be understood.") : internal();
        };
    }

    static Failure internal() {
        return Failure.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something went wrong inside the hub. Its log has the reason under this trace id.");
    }

    static Failure malformed(@Nullable String detail) {
        return Failure.of(
                HttpStatus.BAD_REQUEST,
                "malformed-request",
                detail == null ? "The request can't be understood." : detail);
    }

    private static Failure other(Throwable thrown) {
        if (isDatabaseAway(thrown)) {
            return Failure.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "database-unavailable",
                            "The database can't be reached at the moment; nothing was changed. Try again.")
                    .retryAfter(DATABASE_WAIT);
        }
        if (cause(thrown, SocketTimeoutException.class) != null) {
            return Failure.of(HttpStatus.REQUEST_TIMEOUT, "too-slow", "The body came too slowly: send it at one go.");
        }
        if (cause(thrown, ClientAbortException.class) != null) {
            return malformed("The body has ended before it was complete.");
        }
        if (thrown instanceof DuplicateKeyException || thrown instanceof ConcurrencyFailureException) {
            return Failure.of(
                    HttpStatus.CONFLICT, "conflict", "Somebody else changed this at the same time: read it again.");
        }
        if (sqlState(thrown).matches("22021|22P05")) {
            return invalid(List.of(new Violation("", "Text must not contain the character NUL.")));
        }
        if (thrown instanceof ErrorResponse response) {
            var status = HttpStatus.resolve(response.getStatusCode().value());
            var failure = of(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
            return failure.headers(response.getHeaders());
        }
        return internal();
    }

    private static Failure invalid(List<Violation> violations) {
        return Failure.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "invalid-input",
                "The input is not valid: see violations.",
                violations);
    }

    private static Failure invalid(HandlerMethodValidationException e) {
        var violations = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new Violation(
                                pointer(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        boolean body = e.getParameterValidationResults().stream()
                .anyMatch(result -> result.getMethodParameter().hasParameterAnnotation(RequestBody.class));
        return body
                ? invalid(violations)
                : Failure.of(
                        HttpStatus.BAD_REQUEST,
                        "malformed-request",
                        "A parameter is not valid: see violations.",
                        violations);
    }

    private static Failure mismatch(MethodArgumentTypeMismatchException e) {
        MethodParameter parameter = e.getParameter();
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return notFound();
        }
        var violation = new Violation(pointer(e.getName()), expected(parameter.getParameterType()));
        return Failure.of(
                HttpStatus.BAD_REQUEST,
                "malformed-request",
                "A parameter is not valid: see violations.",
                List.of(violation));
    }

    private static String expected(Class<?> type) {
        if (type == Instant.class) {
            return TimeConverter.EXPECTED;
        }
        if (type.isEnum()) {
            return "Must be one of " + String.join(", ", LowerCaseEnums.values(type)) + ".";
        }
        if (IdConverter.isId(type)) {
            return "Must be an id, which is a UUID.";
        }
        return type == int.class || type == Integer.class
                ? "Must be a whole number."
                : "This value is not of the expected type.";
    }

    private static Failure unreadable(HttpMessageNotReadableException e) {
        var json = cause(e, JacksonException.class);
        if (json == null) {
            return Failure.of(HttpStatus.BAD_REQUEST, "malformed-json", "A JSON body is required.");
        }
        if (json instanceof StreamReadException || json.getPath().isEmpty()) {
            return Failure.of(
                    HttpStatus.BAD_REQUEST,
                    "malformed-json",
                    "The body is not the JSON that is expected here"
                            + (json.getLocation() == null
                                    ? "."
                                    : " (line " + json.getLocation().getLineNr() + ")."));
        }
        var pointer = new StringBuilder();
        for (var reference : json.getPath()) {
            var name = reference.getPropertyName();
            pointer.append('/').append(name == null ? Integer.toString(reference.getIndex()) : escape(name));
        }
        return invalid(List.of(new Violation(pointer.toString(), "This value is not of the expected type.")));
    }

    private static List<Violation> violations(BindingResult result) {
        return result.getAllErrors().stream()
                .map(error -> new Violation(
                        error instanceof FieldError field ? pointer(field.getField()) : "",
                        String.valueOf(error.getDefaultMessage())))
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::message))
                .toList();
    }

    private static List<Violation> violations(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .map(violation ->
                        new Violation(pointer(violation.getPropertyPath().toString()), violation.getMessage()))
                .toList();
    }

    /** {@code lines[0].price} as JSON pointer. */
    private static String pointer(@Nullable String path) {
        return path == null
                ? ""
                : "/" + escape(path).replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static boolean isDatabaseAway(Throwable thrown) {
        return thrown instanceof DataAccessResourceFailureException
                || thrown instanceof CannotCreateTransactionException
                || thrown instanceof QueryTimeoutException
                || (thrown instanceof TransientDataAccessException && !(thrown instanceof ConcurrencyFailureException))
                || sqlState(thrown).matches("08.*|57P0.|53...");
    }

    private static String sqlState(Throwable thrown) {
        var sql = cause(thrown, SQLException.class);
        return sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 20; at = at.getCause(), depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
