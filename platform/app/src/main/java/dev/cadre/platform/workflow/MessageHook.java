package dev.cadre.platform.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A webhook that tells a message event: a request whose value is the key that a run waits with goes to that run.
 *
 * @param element the event
 * @param message the name of its message
 * @param use the trigger step type whose settings these are
 * @param connection what callers are checked by
 * @param correlation gives the value, of a scope that has the request as {@code request}
 */
public record MessageHook(
        String element,
        String message,
        String use,
        @Nullable String connection,
        Template settings,
        Expression correlation) {}
