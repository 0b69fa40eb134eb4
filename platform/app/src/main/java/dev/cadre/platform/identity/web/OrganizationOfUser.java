package dev.cadre.platform.identity.web;

import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;

/** An organization as one of its members sees it in a list. */
record OrganizationOfUser(OrganizationId id, String name, Role role) {

    static OrganizationOfUser of(Membership membership) {
        return new OrganizationOfUser(membership.organization(), membership.organizationName(), membership.role());
    }
}
