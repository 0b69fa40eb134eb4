package dev.cadre.platform.decision.internal.feel;

/** A piece of a cell. {@code text} is what was written, of text its content. */
record Token(Kind kind, String text, int end) {

    /** What a piece is. */
    enum Kind {
        NUMBER,
        TEXT,
        NAME,
        SYMBOL,
        END
    }

    boolean is(String symbolOrName) {
        return kind != Kind.TEXT && text.equals(symbolOrName);
    }

    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "\"" + Values.clip(text) + "\"";
            case NUMBER, NAME, SYMBOL -> Values.clip(text);
        };
    }
}
