package dev.cadre.platform.identity;

import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.Set;
import java.util.UUID;

/**
 * Who makes the current request, in which organization. A controller method takes it as a parameter.
 *
 * @param session the sign-in that the token belongs to
 * @param permissions what the role gives in this organization
 */
public record Caller(UserId user, OrganizationId organization, Role role, UUID session, Set<Permission> permissions) {

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
