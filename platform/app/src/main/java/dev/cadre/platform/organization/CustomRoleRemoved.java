package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role is about to go: told within the transaction and before the row is deleted, so that whoever else refers to it can let go of it.
 *
 * @param successor what those who had it get; null where nobody was meant to have it any more
 */
public record CustomRoleRemoved(
        OrganizationId organization, UUID role, @Nullable AssignedRole successor) {}
