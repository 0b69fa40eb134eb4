package dev.cadre.platform.identity.web;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.identity.internal.Accounts;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.organization.Role;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are and what they may do. */
@Tag(name = "authentication")
@RestController
class MeController {

    record Me(
            User user,
            OrganizationOfUser organization,
            List<OrganizationOfUser> organizations,
            Role role,
            @Nullable CustomRoleRef customRole,
            List<String> permissions,
            boolean emailVerified,
            boolean outbox,
            boolean singleSignOn,
            @Nullable UsedKey apiKey) {}

    /** The key by which the caller came; there is none when a person has signed in. */
    record UsedKey(UUID id, String name, boolean serviceAccount) {

        static @Nullable UsedKey of(Caller caller) {
            return switch (caller.credential()) {
                case Caller.SignedIn _ -> null;
                case Caller.ApiKey key -> new UsedKey(key.id(), key.name(), key.ofServiceAccount());
            };
        }
    }

    private final Users users;
    private final Organizations organizations;
    private final Accounts accounts;
    private final OutboxAccess outbox;

    MeController(Users users, Organizations organizations, Accounts accounts, OutboxAccess outbox) {
        this.users = users;
        this.organizations = organizations;
        this.accounts = accounts;
        this.outbox = outbox;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/api/v1/me")
    Me me(Caller caller) {
        var user = users.find(List.of(caller.user())).get(caller.user());
        var all = Walls.outside(() -> organizations.of(caller.user())).stream()
                .filter(membership -> caller.reaches(membership.organization()))
                .map(OrganizationOfUser::of)
                .toList();
        var current = all.stream()
                .filter(organization -> organization.id().equals(caller.organization()))
                .findFirst()
                .orElseThrow(IdentityException::noOrganization);
        if (user == null) {
            throw IdentityException.sessionEnded();
        }
        var permissions =
                caller.permissions().stream().sorted().map(Permission::text).toList();
        return new Me(
                user,
                current,
                all,
                caller.role(),
                current.customRole(),
                permissions,
                accounts.isVerified(caller.user()),
                AccessRules.isByPassword(caller) && outbox.isOpenTo(caller.user()),
                caller.isVouched(),
                UsedKey.of(caller));
    }
}
