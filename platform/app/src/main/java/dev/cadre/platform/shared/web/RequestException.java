package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.CadreException;
import java.util.List;

/** A request that breaks one of the conventions that all rooms share. */
final class RequestException extends CadreException {

    private RequestException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    private RequestException(String parameter, String message) {
        super(
                Kind.MALFORMED,
                "malformed-request",
                "A parameter is not valid: see violations.",
                List.of(new Violation("/" + parameter, message)));
    }

    static RequestException parameter(String name, String message) {
        return new RequestException(name, message);
    }

    static RequestException tooLarge(long limit) {
        return new RequestException(
                Kind.TOO_LARGE, "too-large", "The body is larger than the " + limit + " bytes that are allowed here.");
    }

    static RequestException ifMatchRequired() {
        return new RequestException(
                Kind.PRECONDITION_REQUIRED,
                "if-match-required",
                "Send the ETag that you read as If-Match, so that nobody's change is overwritten unseen.");
    }

    static RequestException ifMatchMalformed() {
        return new RequestException(
                Kind.MALFORMED, "malformed-request", "If-Match must be an ETag as it was received, for example \"3\".");
    }

    static RequestException stale() {
        return new RequestException(
                Kind.STALE, "stale", "Somebody changed this since you read it: read it again and repeat your change.");
    }
}
