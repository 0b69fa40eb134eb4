package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.identity.internal.Invitation;
import dev.cadre.platform.identity.internal.Invitations;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who belongs to the caller's current organization. */
@Tag(name = "organizations")
@RestController
@RequestMapping("/api/v1/organizations/members")
class MemberController {

    record MemberInput(
            @NotNull @Size(max = 254) String email,
            @NotNull @Size(max = 60) String role) {}

    record RoleInput(@NotNull @Size(max = 60) String role) {}

    record Member(
            UserId userId,
            String email,
            String name,
            Role role,
            @Nullable CustomRoleRef customRole,
            Instant joinedAt) {

        static Member of(Membership membership, @Nullable User user) {
            return new Member(
                    membership.user(),
                    user == null ? "" : user.email(),
                    user == null ? "" : user.name(),
                    membership.role(),
                    CustomRoleRef.of(membership.customRole()),
                    membership.joinedAt());
        }
    }

    enum AdditionStatus {
        ACTIVE,
        INVITED
    }

    /** A new member, or somebody who has yet to accept. */
    record Addition(
            AdditionStatus status,
            String email,
            Role role,
            @Nullable CustomRoleRef customRole,
            @Nullable UserId userId,
            @Nullable String name,
            @Nullable Instant joinedAt,
            @Nullable UUID invitationId,
            @Nullable Instant expiresAt) {

        static Addition of(Member member) {
            return new Addition(
                    AdditionStatus.ACTIVE,
                    member.email(),
                    member.role(),
                    member.customRole(),
                    member.userId(),
                    member.name(),
                    member.joinedAt(),
                    null,
                    null);
        }

        static Addition of(Invitation invitation) {
            return new Addition(
                    AdditionStatus.INVITED,
                    invitation.email(),
                    invitation.role().role(),
                    CustomRoleRef.of(invitation.role()),
                    null,
                    null,
                    null,
                    invitation.id(),
                    invitation.expiresAt());
        }
    }

    private final Members members;
    private final Users users;
    private final Roles roles;
    private final Invitations invitations;

    MemberController(Members members, Users users, Roles roles, Invitations invitations) {
        this.invitations = invitations;
        this.members = members;
        this.users = users;
        this.roles = roles;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping
    PageOf<Member> list(Caller caller, PageQuery page) {
        var after = page.isFirst()
                ? Optional.<UserId>empty()
                : Optional.of(new UserId(UUID.fromString(page.after().getFirst())));
        var rows = members.list(caller.organization(), after, page.rows());
        var people = users.find(rows.stream().map(Membership::user).toList());
        return page.page(
                rows.stream().map(row -> Member.of(row, people.get(row.user()))).toList(),
                member -> List.of(member.userId().toString()));
    }

    /** Invites by mail. Where no mail leaves the hub, an account of this address is added at once. */
    @Requires(Permission.MEMBER_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Addition add(Caller caller, @Valid @RequestBody MemberInput body) {
        var role = roles.assignable(caller, body.role());
        var account = invitations.addedAtOnce(body.email());
        if (account.isPresent()) {
            var user = account.get();
            return Addition.of(
                    Member.of(members.add(caller.organization(), user.id(), role, roles.authority(caller)), user));
        }
        return Addition.of(invitations.invite(caller.organization(), body.email(), role, caller.user()));
    }

    @Requires(Permission.MEMBER_MANAGE)
    @PatchMapping("/{userId}")
    Member change(Caller caller, @PathVariable UserId userId, @Valid @RequestBody RoleInput body) {
        var role = roles.resolve(caller.organization(), body.role());
        var changed = members.change(caller.organization(), userId, role, roles.authority(caller));
        return Member.of(changed, users.find(List.of(userId)).get(userId));
    }

    @Requires(Permission.MEMBER_MANAGE)
    @DeleteMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable UserId userId) {
        members.remove(caller.organization(), userId, roles.authority(caller));
    }
}
