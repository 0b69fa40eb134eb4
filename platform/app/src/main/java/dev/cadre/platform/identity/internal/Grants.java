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
 * installation is therefore for the administrators of its first organization, unless the operator names another or trusts
 * every one.
 */
@Component
public class Grants {

    /** What there is to do in an organization that is about to be deleted: to take that back. */
    private static final Set<Permission> LEFT = Set.of(Permission.ORGANIZATION_READ, Permission.ORGANIZATION_DELETE);

    private final Organizations organizations;
    private final IdentitySettings settings;
    private final ClosedOrganizations closed;

    Grants(Organizations organizations, IdentitySettings settings, ClosedOrganizations closed) {
        this.organizations = organizations;
        this.settings = settings;
        this.closed = closed;
    }

    public Set<Permission> of(AssignedRole role, OrganizationId organization) {
        var granted = everywhere(role);
        if (closed.contain(organization)) {
            return granted.stream().filter(LEFT::contains).collect(Collectors.toUnmodifiableSet());
        }
        if (settings.isNamedManaging(organization) || isFirstManaging(organization)) {
            return granted;
        }
        return granted.stream()
                .filter(permission -> !permission.concernsInstallation())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the installation would have nobody who manages its plugins without this organization. */
    boolean isFirstManaging(OrganizationId organization) {
        return settings.isFirstManaging() && organizations.isFirst(organization);
    }

    private static Set<Permission> everywhere(AssignedRole role) {
        var custom = role.custom();
        if (custom == null) {
            return Permission.of(role.role());
        }
        return Permission.counting(custom.permissions().stream()
                .flatMap(text -> Permission.of(text).stream())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
