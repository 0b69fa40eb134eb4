package dev.cadre.platform.workflow.internal.expression;

/** An expression or a document of expressions cannot be compiled; the message says why in words for its author. */
public final class ExpressionInvalid extends RuntimeException {

    public ExpressionInvalid(String message) {
        super(message);
    }
}
