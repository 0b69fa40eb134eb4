package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.Authority;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.UserId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the account of a person who comes from an organization's provider, and gives them their place in it. An identity is
 * what this organization's provider calls somebody: no other organization's provider can speak for it. An address alone
 * makes the connection only where the organization has proven its domain, the provider has verified the address, and the
 * account's owner has too.
 */
@Component
class Arrivals {

    /** Owners are made and unmade by owners, by hand. */
    private static final Authority ALL_BUT_OWNERS = role -> role.role() != Role.OWNER;

    private record Identity(UserId user, boolean broughtMember) {}

    private final JdbcClient jdbc;
    private final Users users;
    private final Members members;
    private final SsoDomains domains;
    private final Roles roles;

    Arrivals(JdbcClient jdbc, Users users, Members members, SsoDomains domains, Roles roles) {
        this.roles = roles;
        this.jdbc = jdbc;
        this.users = users;
        this.members = members;
        this.domains = domains;
    }

    /** Empty where the person has no role (any more): a membership that came by single sign-on is over then. */
    Optional<UserId> admit(Provider provider, Person person) {
        var role = role(provider, person);
        var known = find(provider, person.subject());
        if (known.isEmpty() && role.isEmpty()) {
            return Optional.empty();
        }
        var identity = known.orElseGet(() -> byAddress(provider, person));
        var member = members.find(provider.organization(), identity.user());
        if (member.isEmpty()) {
            role.ifPresent(given -> join(provider, person.subject(), identity.user(), given));
            return role.map(given -> identity.user());
        }
        return keep(provider, person, identity, member.get(), role);
    }

    private Optional<UserId> keep(
            Provider provider, Person person, Identity identity, Membership member, Optional<AssignedRole> role) {
        boolean managed = !provider.groupRoles().isEmpty() && member.role() != Role.OWNER;
        if (managed && role.isEmpty()) {
            if (identity.broughtMember()) {
                members.remove(provider.organization(), identity.user(), ALL_BUT_OWNERS);
            }
            return Optional.empty();
        }
        if (managed && !role.get().text().equals(member.assigned().text())) {
            members.change(provider.organization(), identity.user(), role.get(), ALL_BUT_OWNERS);
        }
        touch(provider, person.subject());
        return Optional.of(identity.user());
    }

    /** Connects the identity to the account of somebody who is signed in and a member. */
    void connect(Provider provider, Person person, UserId user) {
        if (members.find(provider.organization(), user).isEmpty()) {
            throw SsoException.unknown();
        }
        remember(provider, person.subject(), user);
        if (!find(provider, person.subject()).map(Identity::user).equals(Optional.of(user))) {
            throw SsoException.identityTaken();
        }
    }

    private Identity byAddress(Provider provider, Person person) {
        var email = person.email();
        if (email == null) {
            throw SsoException.noEmail();
        }
        if (!domains.isProven(provider.organization(), email)) {
            throw SsoException.domainUnproven();
        }
        boolean verified = person.emailVerified() == null ? provider.trustsEmails() : person.emailVerified();
        if (!verified) {
            throw SsoException.emailUnverified();
        }
        create(email, person.name());
        var user = users.find(email).orElseThrow(SsoException::stateInvalid).id();
        if (!isVerified(user)) {
            throw SsoException.accountUnproven();
        }
        remember(provider, person.subject(), user);
        return find(provider, person.subject()).orElseThrow();
    }

    /** Without a password; whoever wants one proves the address again. Does nothing where there is an account. */
    private void create(String email, String name) {
        jdbc.sql("""
                        insert into user_account (id, email, name, email_verified_at) values (?, ?, ?, now())
                        on conflict (email) do nothing""").param(UserId.create().value()).param(email).param(name).update();
    }

    private void join(Provider provider, String subject, UserId user, AssignedRole role) {
        members.add(provider.organization(), user, role, ALL_BUT_OWNERS);
        jdbc.sql(
                        "update sso_identity set brought_member = true, used_at = now() where organization_id = ? and issuer = ? and subject = ?")
                .param(provider.organization().value())
                .param(provider.issuer())
                .param(subject)
                .update();
    }

    private Optional<AssignedRole> role(Provider provider, Person person) {
        return provider.groupRoles().stream()
                .filter(mapping -> person.groups().contains(mapping.group()))
                .map(GroupRole::role)
                .findFirst()
                .or(() -> Optional.ofNullable(provider.defaultRole()))
                .flatMap(text -> roles.find(provider.organization(), text))
                .filter(ALL_BUT_OWNERS::covers);
    }

    private boolean isVerified(UserId user) {
        return jdbc.sql("select 1 from user_account where id = ? and email_verified_at is not null")
                .param(user.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void remember(Provider provider, String subject, UserId user) {
        jdbc.sql("""
                        insert into sso_identity (organization_id, issuer, subject, user_id) values (?, ?, ?, ?)
                        on conflict do nothing""")
                .param(provider.organization().value())
                .param(provider.issuer())
                .param(subject)
                .param(user.value())
                .update();
    }

    private void touch(Provider provider, String subject) {
        jdbc.sql("update sso_identity set used_at = now() where organization_id = ? and issuer = ? and subject = ?")
                .param(provider.organization().value())
                .param(provider.issuer())
                .param(subject)
                .update();
    }

    private Optional<Identity> find(Provider provider, String subject) {
        return jdbc.sql(
                        "select user_id, brought_member from sso_identity where organization_id = ? and issuer = ? and subject = ?")
                .param(provider.organization().value())
                .param(provider.issuer())
                .param(subject)
                .query((row, number) -> new Identity(
                        new UserId(row.getObject("user_id", UUID.class)), row.getBoolean("brought_member")))
                .optional();
    }
}
