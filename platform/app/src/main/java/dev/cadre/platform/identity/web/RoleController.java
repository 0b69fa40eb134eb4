package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.CustomRole;
import dev.cadre.platform.organization.CustomRoles;
import dev.cadre.platform.organization.OrganizationException;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.web.IfMatch;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The roles that members of the caller's organization may have, and those that it makes itself. */
@Tag(name = "roles")
@RestController
@RequestMapping("/api/v1/roles")
class RoleController {

    /** A role to make or what it becomes. What everybody has need not be named. */
    record RoleDraft(
            @NotNull @Size(max = 60) String name,

            @NotNull @Size(max = 100) List<@NotNull @Size(max = 60) String> permissions) {}

    /**
     * A role.
     *
     * @param role what a request names to give it: the name of a built-in role, the id of a custom one
     * @param id of a custom role
     * @param members how many have it
     * @param assignable whether the caller may give, change or take it: nobody may with more permissions than their own
     */
    record RoleDetails(
            String role,
            @Nullable UUID id,
            String name,
            boolean builtIn,
            List<String> permissions,
            int members,
            boolean assignable) {}

    private final CustomRoles custom;
    private final Roles roles;

    RoleController(CustomRoles custom, Roles roles) {
        this.custom = custom;
        this.roles = roles;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping
    PageOf<RoleDetails> list(Caller caller) {
        var members = custom.members(caller.organization());
        var builtIn =
                Stream.of(Role.OWNER, Role.ADMIN, Role.MEMBER, Role.VIEWER).map(AssignedRole::of);
        var own = custom.list(caller.organization()).stream().map(AssignedRole::of);
        return new PageOf<>(
                Stream.concat(builtIn, own)
                        .map(role -> details(caller, role, members))
                        .toList(),
                null);
    }

    @Requires(Permission.ROLE_MANAGE)
    @PostMapping
    ResponseEntity<RoleDetails> create(Caller caller, @Valid @RequestBody RoleDraft body) {
        var created = custom.create(caller.organization(), body.name(), permissions(caller, body));
        return answer(caller, created, ResponseEntity.created(URI.create("/api/v1/roles/" + created.id())));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/{id}")
    ResponseEntity<RoleDetails> get(Caller caller, @PathVariable UUID id) {
        return answer(caller, role(caller, id), ResponseEntity.ok());
    }

    @Requires(Permission.ROLE_MANAGE)
    @PutMapping("/{id}")
    ResponseEntity<RoleDetails> change(
            Caller caller, @PathVariable UUID id, IfMatch ifMatch, @Valid @RequestBody RoleDraft body) {
        var current = role(caller, id);
        ifMatch.check(current.revision());
        roles.authority(caller).require(AssignedRole.of(current));
        var changed = custom.change(
                        caller.organization(), id, body.name(), permissions(caller, body), current.revision())
                .orElseThrow(IfMatch::stale);
        return answer(caller, changed, ResponseEntity.ok());
    }

    /** Members who have the role get the one that {@code moveTo} names; refused (409) where some have and it is missing. */
    @Requires(Permission.ROLE_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UUID id, @RequestParam(required = false) @Nullable String moveTo) {
        roles.authority(caller).require(AssignedRole.of(role(caller, id)));
        var successor = moveTo == null || moveTo.isBlank() ? null : roles.assignable(caller, moveTo, "/moveTo");
        custom.delete(caller.organization(), id, successor);
    }

    private CustomRole role(Caller caller, UUID id) {
        return custom.find(caller.organization(), id).orElseThrow(OrganizationException::roleNotFound);
    }

    /** What the role shall give, which the caller must have; {@code organization:read} goes without saying. */
    private static Set<String> permissions(Caller caller, RoleDraft body) {
        var wanted = EnumSet.of(Permission.ORGANIZATION_READ);
        var violations = new ArrayList<Violation>();
        for (int i = 0; i < body.permissions().size(); i++) {
            var permission = Permission.of(body.permissions().get(i));
            permission.ifPresent(wanted::add);
            if (permission.isEmpty()) {
                violations.add(new Violation(
                        "/permissions/" + i, "There is no such permission: see GET /api/v1/permissions."));
            }
        }
        if (!violations.isEmpty()) {
            throw IdentityException.invalid(violations);
        }
        if (!caller.permissions().containsAll(wanted)) {
            throw OrganizationException.beyondYours();
        }
        requireCompanions(wanted, body.permissions());
        return wanted.stream().map(Permission::text).collect(Collectors.toUnmodifiableSet());
    }

    private static void requireCompanions(Set<Permission> wanted, List<String> texts) {
        var violations = wanted.stream()
                .flatMap(permission -> permission.companion().stream()
                        .filter(other -> !wanted.contains(other))
                        .map(other -> new Violation(
                                "/permissions/" + texts.indexOf(permission.text()),
                                "Needs " + other.text() + " as well.")))
                .toList();
        if (!violations.isEmpty()) {
            throw IdentityException.invalid(violations);
        }
    }

    private ResponseEntity<RoleDetails> answer(Caller caller, CustomRole role, ResponseEntity.BodyBuilder response) {
        var members = custom.members(caller.organization());
        return response.eTag(IfMatch.tag(role.revision())).body(details(caller, AssignedRole.of(role), members));
    }

    private RoleDetails details(Caller caller, AssignedRole role, Map<String, Integer> members) {
        var ref = role.custom();
        return new RoleDetails(
                role.text(),
                ref == null ? null : ref.id(),
                role.name(),
                ref == null,
                roles.permissions(role, caller.organization()).stream()
                        .sorted()
                        .map(Permission::text)
                        .toList(),
                members.getOrDefault(role.text(), 0),
                roles.authority(caller).covers(role));
    }
}
