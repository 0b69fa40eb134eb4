package dev.cadre.platform.identity.web;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.identity.internal.Accounts;
import dev.cadre.platform.identity.internal.Closing;
import dev.cadre.platform.identity.internal.LiveSessions;
import dev.cadre.platform.identity.internal.SessionLimits;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Organization;
import dev.cadre.platform.organization.OrganizationException;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.web.IfMatch;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's organizations. What is asked of one by its id counts the caller's role in that one. */
@Tag(name = "organizations")
@RestController
@RequestMapping("/api/v1/organizations")
class OrganizationController {

    record OrganizationInput(
            @NotNull @Size(min = 1, max = 100) String name) {}

    record OrganizationDetails(
            OrganizationId id,
            String name,
            Role role,
            @Nullable CustomRoleRef customRole,
            Instant createdAt,
            @Nullable Instant deletesAt) {}

    record Transfer(
            @NotNull UserId userId,
            @NotNull @Size(max = 200) String password) {}

    record SwitchedOrganization(
            OrganizationOfUser organization, String accessToken, String tokenType, long expiresIn) {}

    private final Organizations organizations;
    private final Members members;
    private final SignIn signIn;
    private final Roles roles;
    private final Accounts accounts;
    private final Closing closing;
    private final AccessRules rules;
    private final SessionLimits limits;
    private final LiveSessions sessions;

    OrganizationController(
            Organizations organizations,
            Members members,
            SignIn signIn,
            Roles roles,
            Accounts accounts,
            Closing closing,
            AccessRules rules,
            SessionLimits limits,
            LiveSessions sessions) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.closing = closing;
        this.rules = rules;
        this.limits = limits;
        this.organizations = organizations;
        this.members = members;
        this.signIn = signIn;
        this.roles = roles;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping
    PageOf<OrganizationOfUser> list(Caller caller) {
        return new PageOf<>(
                Walls.outside(() -> organizations.of(caller.user())).stream()
                        .filter(membership -> caller.reaches(membership.organization()))
                        .map(OrganizationOfUser::of)
                        .toList(),
                null);
    }

    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<OrganizationDetails> create(Caller caller, @Valid @RequestBody OrganizationInput body) {
        var founded = Walls.outside(() -> organizations.found(body.name(), caller.user()));
        return ResponseEntity.created(URI.create("/api/v1/organizations/" + founded.id()))
                .eTag(IfMatch.tag(founded.revision()))
                .body(details(founded, AssignedRole.of(Role.OWNER)));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/{id}")
    ResponseEntity<OrganizationDetails> get(Caller caller, @PathVariable OrganizationId id) {
        return Walls.within(
                id, () -> answer(organizations.find(id), open(caller, id).assigned()));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PatchMapping("/{id}")
    ResponseEntity<OrganizationDetails> rename(
            Caller caller,
            @PathVariable OrganizationId id,
            @Parameter(hidden = true) Optional<IfMatch> ifMatch,
            @Valid @RequestBody OrganizationInput body) {
        return Walls.within(id, () -> renamed(caller, id, ifMatch, body));
    }

    private ResponseEntity<OrganizationDetails> renamed(
            Caller caller, OrganizationId id, Optional<IfMatch> ifMatch, OrganizationInput body) {
        var role = require(caller, id, Permission.ORGANIZATION_MANAGE);
        var current = organizations.find(id);
        ifMatch.ifPresent(match -> match.check(current.revision()));
        return answer(organizations.rename(id, body.name(), current.revision()).orElseThrow(IfMatch::stale), role);
    }

    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/{id}/switch")
    ResponseEntity<SwitchedOrganization> switchTo(Caller caller, @PathVariable OrganizationId id) {
        var membership = Walls.within(id, () -> membershipToGoTo(caller, id));
        rules.checkAddress(id);
        limits.check(caller.session(), id);
        var token = Walls.within(id, () -> signIn.switchTo(caller.user(), caller.session(), id));
        var body = new SwitchedOrganization(
                OrganizationOfUser.of(membership), token, "Bearer", AccessTokens.LIFETIME.toSeconds());
        return ResponseEntity.status(HttpStatus.OK)
                .header("Cache-Control", "no-store")
                .body(body);
    }

    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/{id}/leave")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(Caller caller, @PathVariable OrganizationId id) {
        Walls.<Boolean, RuntimeException>within(id, () -> {
            membership(caller, id);
            members.leave(id, caller.user());
            return true;
        });
    }

    /** Makes another member owner in the caller's place. */
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/{id}/transfer")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void transfer(Caller caller, @PathVariable OrganizationId id, @Valid @RequestBody Transfer body) {
        Walls.<Boolean, RuntimeException>within(id, () -> {
            require(caller, id, Permission.ORGANIZATION_DELETE);
            accounts.requirePassword(caller.user(), caller.session(), body.password(), "/password");
            members.transfer(id, caller.user(), body.userId());
            return true;
        });
    }

    /** {@code name} is the organization's, typed by an owner. Nothing of it runs from now on; it is erased later. */
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<OrganizationDetails> delete(
            Caller caller, @PathVariable OrganizationId id, @RequestParam(defaultValue = "") String name) {
        return Walls.within(id, () -> {
            var role = require(caller, id, Permission.ORGANIZATION_DELETE);
            closing.request(organizations.find(id), name, caller.user());
            return ResponseEntity.accepted().body(details(organizations.find(id), role));
        });
    }

    /** Takes the deletion back. */
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/{id}/restore")
    ResponseEntity<OrganizationDetails> restore(Caller caller, @PathVariable OrganizationId id) {
        return Walls.within(id, () -> {
            var role = require(caller, id, Permission.ORGANIZATION_DELETE);
            closing.takeBack(organizations.find(id));
            return answer(organizations.find(id), role);
        });
    }

    /** What a caller may do in this organization, whatever the current one is. */
    private AssignedRole require(Caller caller, OrganizationId id, Permission permission) {
        var membership = open(caller, id);
        var role = membership.assigned();
        boolean may = caller.isPerson() ? roles.permissions(role, id).contains(permission) : caller.may(permission);
        if (!may) {
            if (membership.deletesAt() != null) {
                throw OrganizationException.closed();
            }
            throw new AccessDeniedException("A member of this role may not do this to the organization");
        }
        return role;
    }

    /**
     * That it takes the caller's way of signing in, its age and the address, too: one may belong to it and still not come in so.
     */
    private Membership open(Caller caller, OrganizationId id) {
        var membership = membership(caller, id);
        rules.check(caller, id);
        if (caller.isPerson()) {
            if (sessions.standing(caller.user(), id, caller.session()).isEmpty()) {
                throw OrganizationException.notFound();
            }
            // where the caller works it was looked at when the access token was renewed
            if (!id.equals(caller.organization())) {
                limits.check(caller.session(), id);
            }
        }
        return membership;
    }

    /** Members learn how to get there; to anybody else there is nothing. */
    private Membership membershipToGoTo(Caller caller, OrganizationId id) {
        var membership = members.find(id, caller.user()).orElseThrow(OrganizationException::notFound);
        if (!caller.reaches(id)) {
            throw signIn.elsewhere(id);
        }
        return membership;
    }

    private Membership membership(Caller caller, OrganizationId id) {
        if (!caller.reaches(id)) {
            throw OrganizationException.notFound();
        }
        return members.find(id, caller.user()).orElseThrow(OrganizationException::notFound);
    }

    private static ResponseEntity<OrganizationDetails> answer(Organization organization, AssignedRole role) {
        return ResponseEntity.ok().eTag(IfMatch.tag(organization.revision())).body(details(organization, role));
    }

    private static OrganizationDetails details(Organization organization, AssignedRole role) {
        return new OrganizationDetails(
                organization.id(),
                organization.name(),
                role.role(),
                CustomRoleRef.of(role),
                organization.createdAt(),
                organization.deletesAt());
    }
}
