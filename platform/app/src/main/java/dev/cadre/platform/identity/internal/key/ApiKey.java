package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is known after it was shown once.
 *
 * @param owner for whom it acts: a person or a service account
 * @param hint its last letters
 * @param scopes what it may do, as far as its owner may do it
 * @param allowedAddresses where it may come from; everywhere where there are none
 * @param lastUsedAt to about a minute; null while it was never used
 */
public record ApiKey(
        UUID id,
        OrganizationId organization,
        Owner owner,
        String name,
        String hint,
        Set<Permission> scopes,
        List<String> allowedAddresses,
        UserId createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom,
        long revision) {

    /** For whom a key acts. */
    public record Owner(UserId id, String name, boolean isServiceAccount) {}
}
