package dev.cadre.platform.shared;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure the caller can understand: what kind it is, its stable code, what happened and what to do. */
public abstract class CadreException extends RuntimeException {

    /** Decides the HTTP status. */
    public enum Kind {
        /** 400 */
        MALFORMED,
        /** 401 */
        UNAUTHENTICATED,
        /** 403 */
        FORBIDDEN,
        /** 404 */
        NOT_FOUND,
        /** 409 */
        CONFLICT,
        /** 412 */
        STALE,
        /** 413 */
        TOO_LARGE,
        /** 415 */
        UNSUPPORTED,
        /** 422 */
        INVALID,
        /** 428 */
        PRECONDITION_REQUIRED,
        /** 429 */
        LIMITED,
        /** 503 */
        UNAVAILABLE
    }

    /** One wrong place of an input, as JSON pointer. */
    public record Violation(String pointer, String message) {}

    private final Kind kind;
    private final String code;
    private final List<Violation> violations;

    protected CadreException(Kind kind, String code, String detail) {
        this(kind, code, detail, List.of(), null);
    }

    protected CadreException(Kind kind, String code, String detail, List<Violation> violations) {
        this(kind, code, detail, violations, null);
    }

    protected CadreException(
            Kind kind, String code, String detail, List<Violation> violations, @Nullable Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public Kind kind() {
        return kind;
    }

    /** kebab-case, explained in docs/problems. */
    public String code() {
        return code;
    }

    public List<Violation> violations() {
        return violations;
    }

    /** When the caller may try again, sent as {@code Retry-After}; null where that can't be said. */
    public @Nullable Duration retryAfter() {
        return null;
    }

    /** The organization that has refused somebody whom it does not know yet; null where who asks says it. */
    public @Nullable OrganizationId door() {
        return null;
    }

    /** Further members of the problem document. */
    public Map<String, Object> members() {
        return Map.of();
    }
}
