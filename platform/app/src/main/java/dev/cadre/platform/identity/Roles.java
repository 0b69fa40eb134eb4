package dev.cadre.platform.identity;

import dev.cadre.platform.identity.internal.Grants;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.Authority;
import dev.cadre.platform.organization.CustomRoles;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Knows which role a text means and what it allows. In requests a role is the name of a built-in one or the id of a custom
 * one, everywhere.
 */
@Service
public class Roles {

    private final CustomRoles custom;
    private final Grants grants;

    Roles(CustomRoles custom, Grants grants) {
        this.custom = custom;
        this.grants = grants;
    }

    /** The role that a request names in its field {@code role}; refused (422) where the organization has none such. */
    public AssignedRole resolve(OrganizationId organization, String text) {
        return resolve(organization, text, "/role");
    }

    /** @param pointer which field of the request names the role */
    public AssignedRole resolve(OrganizationId organization, String text, String pointer) {
        return find(organization, text)
                .orElseThrow(() -> IdentityException.invalid(List.of(new Violation(
                        pointer,
                        "Must be owner, admin, member, viewer or the id of a role of your organization: see"
                                + " GET /api/v1/roles."))));
    }

    /** Empty where there is no such role (any more). */
    public Optional<AssignedRole> find(OrganizationId organization, String text) {
        var builtIn = Arrays.stream(Role.values())
                .filter(role -> role != Role.CUSTOM && role.text().equals(text))
                .findFirst();
        return builtIn.map(AssignedRole::of)
                .or(() -> id(text).flatMap(id -> custom.find(organization, id)).map(AssignedRole::of));
    }

    /** The role that a request names, if the caller may hand it out; else refused (422, 403). */
    public AssignedRole assignable(Caller by, String text) {
        return assignable(by, text, "/role");
    }

    /** @param pointer which field of the request names the role */
    public AssignedRole assignable(Caller by, String text, String pointer) {
        var role = resolve(by.organization(), text, pointer);
        authority(by).require(role);
        return role;
    }

    /** What a role gives in an organization of this installation. */
    public Set<Permission> permissions(AssignedRole role, OrganizationId organization) {
        return grants.of(role, organization);
    }

    /** How far the caller's own rights reach. */
    public Authority authority(Caller caller) {
        return role -> caller.permissions().containsAll(grants.of(role, caller.organization()));
    }

    private static Optional<UUID> id(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
