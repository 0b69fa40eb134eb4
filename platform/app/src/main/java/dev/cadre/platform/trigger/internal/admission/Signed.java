package dev.cadre.platform.trigger.internal.admission;

import java.time.Duration;

/**
 * A signed request that may start one run only.
 *
 * @param seen what it is known by: the same for the same signature at the same webhook
 * @param remaining how long it could be let in again
 */
public record Signed(byte[] seen, Duration remaining) {}
