package dev.cadre.platform.identity;

import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.UUID;

/**
 * Who makes the current request, in which organization. A controller method takes it as a parameter.
 *
 * @param session the sign-in that the token belongs to
 */
public record Caller(UserId user, OrganizationId organization, Role role, UUID session) {

    public boolean may(Permission permission) {
        return Permission.of(role).contains(permission);
    }
}
