package dev.cadre.platform.identity.web;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.identity.internal.Invitation;
import dev.cadre.platform.identity.internal.Invitations;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whom the caller's organization has invited; and the way in for who has an account. */
@Tag(name = "organizations")
@RestController
@RequestMapping("/api/v1/organizations/invitations")
class InvitationController {

    record InvitationLink(@NotNull @Size(max = 100) String token) {}

    record PendingInvitation(
            UUID id,
            String email,
            Role role,
            @Nullable CustomRoleRef customRole,
            @Nullable String invitedBy,
            Instant createdAt,
            Instant expiresAt,
            boolean expired) {}

    private final Invitations invitations;
    private final Users users;
    private final Roles roles;
    private final Clock clock;

    InvitationController(Invitations invitations, Users users, Roles roles, Clock clock) {
        this.roles = roles;
        this.invitations = invitations;
        this.users = users;
        this.clock = clock;
    }

    @Requires(Permission.MEMBER_MANAGE)
    @GetMapping
    PageOf<PendingInvitation> list(Caller caller, PageQuery page) {
        var after = page.isFirst()
                ? Optional.<UUID>empty()
                : Optional.of(UUID.fromString(page.after().getFirst()));
        var rows = invitations.list(caller.organization(), after, page.rows());
        var people = users.find(rows.stream().map(Invitation::invitedBy).toList());
        return page.page(
                rows.stream()
                        .map(row -> pending(row, people.get(row.invitedBy())))
                        .toList(),
                invitation -> List.of(invitation.id().toString()));
    }

    @Requires(Permission.MEMBER_MANAGE)
    @PostMapping("/{id}/resend")
    PendingInvitation resend(Caller caller, @PathVariable UUID id) {
        var renewed = invitations.resend(caller.organization(), id, caller.user(), roles.authority(caller));
        return pending(renewed, users.find(List.of(renewed.invitedBy())).get(renewed.invitedBy()));
    }

    @Requires(Permission.MEMBER_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable UUID id) {
        invitations.revoke(caller.organization(), id);
    }

    /** By the link of a mail, into whichever organization it is of. */
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/accept")
    OrganizationOfUser accept(Caller caller, @Valid @RequestBody InvitationLink body) {
        return Walls.outside(() -> OrganizationOfUser.of(invitations.accept(body.token(), caller.user())));
    }

    private PendingInvitation pending(Invitation invitation, @Nullable User by) {
        return new PendingInvitation(
                invitation.id(),
                invitation.email(),
                invitation.role().role(),
                CustomRoleRef.of(invitation.role()),
                by == null ? null : by.name(),
                invitation.createdAt(),
                invitation.expiresAt(),
                !invitation.expiresAt().isAfter(clock.instant()));
    }
}
