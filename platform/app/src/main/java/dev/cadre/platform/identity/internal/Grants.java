package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What a role in an organization may do here. Who signs up gets an organization of their own: what concerns the whole
 * installation is therefore for the administrators of its first organization, unless the operator trusts every one.
 */
@Component
public class Grants {

    private final Organizations organizations;
    private final IdentitySettings settings;

    Grants(Organizations organizations, IdentitySettings settings) {
        this.organizations = organizations;
        this.settings = settings;
    }

    public Set<Permission> of(AssignedRole role, OrganizationId organization) {
        var granted = everywhere(role);
        if (settings.pluginAdmins() == IdentitySettings.PluginAdmins.EVERY_ORGANIZATION
                || organizations.isFirst(organization)) {
            return granted;
        }
        return granted.stream()
                .filter(permission -> !permission.concernsInstallation())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Permission> everywhere(AssignedRole role) {
        var custom = role.custom();
        if (custom == null) {
            return Permission.of(role.role());
        }
        return custom.permissions().stream()
                .flatMap(text -> Permission.of(text).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
