package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organization as one of its members sees it in a list.
 *
 * @param deletesAt when it is erased; null unless an owner has asked for that
 */
record OrganizationOfUser(
        OrganizationId id,
        String name,
        Role role,
        @Nullable CustomRoleRef customRole,
        @Nullable Instant deletesAt) {

    static OrganizationOfUser of(Membership membership) {
        return new OrganizationOfUser(
                membership.organization(),
                membership.organizationName(),
                membership.role(),
                CustomRoleRef.of(membership.customRole()),
                membership.deletesAt());
    }
}
