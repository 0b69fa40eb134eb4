package dev.cadre.platform.workflow.internal.expression;

/** One token of a JSONata expression; {@code value} of a name is without its backticks. */
record Token(Kind kind, String value, int start, int end) {

    enum Kind {
        NAME,
        VARIABLE,
        STRING,
        NUMBER,
        REGEX,
        OPERATOR
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && value.equals(operator);
    }
}
