package dev.cadre.platform.connector;

import dev.cadre.platform.shared.CadreException;
import java.util.List;

/** Why a connection can't be stored, read, tested or authorized. */
public final class ConnectionException extends CadreException {

    private ConnectionException(Kind kind, String code, String detail, List<Violation> violations) {
        super(kind, code, detail, violations);
    }

    public static ConnectionException notFound() {
        return of(Kind.NOT_FOUND, "connection-not-found", "There is no such connection.");
    }

    public static ConnectionException unknownType(String type) {
        return of(
                Kind.INVALID,
                "connection-type-unknown",
                "No enabled connector has connections of type " + type + ". Enable its plugin first.");
    }

    public static ConnectionException nameTaken(String name) {
        return of(
                Kind.CONFLICT,
                "connection-name-taken",
                "There is a connection with the name " + name
                        + " already, maybe in a project that you don't see: choose another name.");
    }

    public static ConnectionException typeChanged() {
        return of(Kind.INVALID, "connection-type-fixed", "A connection keeps its type. Create another one instead.");
    }

    public static ConnectionException stale() {
        return of(Kind.STALE, "stale", "The connection was changed in the meantime. Load it again.");
    }

    public static ConnectionException invalid(List<dev.cadre.schema.Violation> violations) {
        return new ConnectionException(
                Kind.INVALID,
                "connection-invalid",
                "The connection's values do not fit its type.",
                violations.stream()
                        .map(one -> new Violation("/values" + one.pointer(), one.message()))
                        .toList());
    }

    /** A stored secret must not follow an address that somebody else enters. */
    public static ConnectionException secretsNeeded(List<String> secrets) {
        return new ConnectionException(
                Kind.INVALID,
                "connection-secrets-needed",
                "The connection's address changed: enter its secrets again.",
                secrets.stream()
                        .map(one -> new Violation("/values/" + one, "must be entered again"))
                        .toList());
    }

    public static ConnectionException noOAuth(String type) {
        return of(Kind.INVALID, "connection-not-oauth", "Connections of type " + type + " need no authorization.");
    }

    public static ConnectionException authorization(String detail) {
        return of(Kind.MALFORMED, "authorization-failed", detail);
    }

    private static ConnectionException of(Kind kind, String code, String detail) {
        return new ConnectionException(kind, code, detail, List.of());
    }
}
