package dev.cadre.platform.identity.internal.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that somebody wants.
 *
 * @param scopes names of permissions
 * @param expiresAt null for the usual time
 * @param allowedAddresses addresses and blocks; none for everywhere
 */
public record KeyRequest(
        String name, List<String> scopes, @Nullable Instant expiresAt, List<String> allowedAddresses) {}
