package dev.cadre.platform.audit;

import dev.cadre.platform.shared.CadreException;

/** What the audit log refuses. */
public final class AuditException extends CadreException {

    private AuditException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    public static AuditException notFound() {
        return new AuditException(Kind.NOT_FOUND, "audit-event-not-found", "The audit log has no event with this id.");
    }

    public static AuditException halfAnEnd() {
        return new AuditException(
                Kind.MALFORMED,
                "malformed-request",
                "position and hash say together where the log ended: give both or none.");
    }

    public static AuditException format() {
        return new AuditException(Kind.MALFORMED, "malformed-request", "format is csv or jsonl.");
    }
}
