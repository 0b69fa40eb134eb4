package dev.cadre.platform.decision.internal.feel;

/** A cell that cannot be read, or uses what tables cannot do here; the message is for its author. */
public final class FeelInvalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of mistake it is. */
    public enum Reason {
        UNREADABLE,
        NOT_AVAILABLE,
        TYPE
    }

    private final Reason reason;

    public FeelInvalid(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static FeelInvalid unreadable(String message) {
        return new FeelInvalid(Reason.UNREADABLE, message);
    }

    static FeelInvalid notAvailable(String message) {
        return new FeelInvalid(Reason.NOT_AVAILABLE, message);
    }

    static FeelInvalid type(String message) {
        return new FeelInvalid(Reason.TYPE, message);
    }

    public Reason reason() {
        return reason;
    }
}
