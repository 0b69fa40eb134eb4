package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A company, or a part of one, that everything in the hub belongs to.
 *
 * @param deletesAt when it is erased; null unless an owner has asked for that
 */
public record Organization(
        OrganizationId id,
        String name,
        long revision,
        Instant createdAt,
        @Nullable Instant deletesAt) {}
