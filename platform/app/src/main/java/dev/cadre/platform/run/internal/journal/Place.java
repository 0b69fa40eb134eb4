package dev.cadre.platform.run.internal.journal;

import java.util.Optional;

/**
 * Names the one token of a run of a plain definition by the element where it waits. The journal then holds all there is
 * to know of it, and the engine keeps no rows of the run.
 */
public final class Place {

    private static final String AT = "at:";

    private Place() {}

    public static String at(String elementId) {
        return AT + elementId;
    }

    /** The element where the token waits, empty where the token is an execution that the engine keeps. */
    public static Optional<String> element(String token) {
        return token.startsWith(AT) ? Optional.of(token.substring(AT.length())) : Optional.empty();
    }
}
