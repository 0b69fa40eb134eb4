package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a user belongs to an organization, and in which role.
 *
 * @param customRole which one, where the role is custom
 * @param deletesAt when the organization is erased; null unless an owner has asked for that
 */
public record Membership(
        OrganizationId organization,
        String organizationName,
        UserId user,
        Role role,
        @Nullable CustomRole customRole,
        Instant joinedAt,
        @Nullable Instant deletesAt) {

    public AssignedRole assigned() {
        return new AssignedRole(role, customRole);
    }
}
