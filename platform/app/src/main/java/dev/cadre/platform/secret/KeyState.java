package dev.cadre.platform.secret;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be known of an organization's key.
 *
 * @param rotatedAt when it took the place of the one before; null for the first one
 * @param rotating whether something is still encrypted under the one before
 */
public record KeyState(Instant createdAt, @Nullable Instant rotatedAt, boolean rotating) {}
