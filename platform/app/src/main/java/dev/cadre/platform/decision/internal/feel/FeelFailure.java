package dev.cadre.platform.decision.internal.feel;

/** A value that an expression cannot work with; the message says what and why. */
public final class FeelFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeelFailure(String message) {
        super(message, null, false, false);
    }
}
