package dev.cadre.platform.decision.internal.dmn;

/** A text that is no decision table; the message is for its author. */
public final class DmnInvalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DmnInvalid(String message) {
        super(message, null, false, false);
    }
}
