package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Email;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.OrganizationErasing;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members of an organization that are programs. Each has an account like a person's, so that roles, starters of runs and the
 * audit know it, but nothing to sign in with. It belongs to the organization: who made it may leave.
 */
@Service
public class ServiceAccounts {

    private static final int MOST = 500;
    private static final int MAX_NAME = 100;
    private static final int MAX_DESCRIPTION = 500;

    private static final String SELECT = """
            select s.user_id, u.name, s.description, s.created_by, s.created_at, s.revision
            from service_account s join user_account u on u.id = s.user_id
            """;

    private record Row(UserId id, String name, String description, UserId createdBy, Instant createdAt, long revision) {

        ServiceAccount with(AssignedRole role) {
            return new ServiceAccount(id, name, description, role, createdBy, createdAt, revision);
        }
    }

    private final JdbcClient jdbc;
    private final Members members;
    private final Roles roles;
    private final ApplicationEventPublisher events;

    ServiceAccounts(JdbcClient jdbc, Members members, Roles roles, ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.members = members;
        this.roles = roles;
    }

    @Transactional
    public ServiceAccount create(Caller caller, String givenName, String givenDescription, AssignedRole given) {
        var organization = caller.organization();
        var role = members.hold(organization, given);
        var name = name(givenName, givenDescription, role);
        roles.authority(caller).require(role);
        int count = jdbc.sql("select count(*) from service_account where organization_id = ?")
                .param(organization.value())
                .query(Integer.class)
                .single();
        if (count >= MOST) {
            throw IdentityException.tooManyServiceAccounts(MOST);
        }
        var id = UserId.create();
        jdbc.sql("insert into user_account (id, email, name, kind) values (?, ?, ?, 'service-account')")
                .params(id.value(), id + Email.NOBODYS, name)
                .update();
        jdbc.sql("insert into service_account (user_id, organization_id, description, created_by) values (?, ?, ?, ?)")
                .params(
                        id.value(),
                        organization.value(),
                        givenDescription.strip(),
                        caller.user().value())
                .update();
        members.addServiceAccount(organization, id, role);
        var account = find(organization, id);
        events.publishEvent(Audited.of(organization, "service-account.created", subject(account), facts(account)));
        return account;
    }

    /** Behind the given one, in the order of their making. */
    public List<ServiceAccount> list(OrganizationId organization, Optional<UserId> after, int limit) {
        return jdbc
                .sql(SELECT + "where s.organization_id = ? and s.user_id > ? order by s.user_id limit ?")
                .params(organization.value(), after.map(UserId::value).orElse(new UUID(0, 0)), limit)
                .query(ServiceAccounts::row)
                .list()
                .stream()
                .flatMap(row -> withRole(organization, row))
                .toList();
    }

    public ServiceAccount find(OrganizationId organization, UserId id) {
        return jdbc
                .sql(SELECT + "where s.organization_id = ? and s.user_id = ?")
                .params(organization.value(), id.value())
                .query(ServiceAccounts::row)
                .optional()
                .stream()
                .flatMap(row -> withRole(organization, row))
                .findFirst()
                .orElseThrow(IdentityException::serviceAccountNotFound);
    }

    /** Empty where somebody else has changed it since. */
    @Transactional
    public Optional<ServiceAccount> change(
            Caller caller, ServiceAccount before, String givenName, String givenDescription, AssignedRole given) {
        var role = members.hold(caller.organization(), given);
        var name = name(givenName, givenDescription, role);
        boolean moved = !role.equals(before.role());
        if (moved) {
            roles.authority(caller).require(role);
            roles.authority(caller).require(before.role());
        }
        int changed = jdbc.sql("""
                        update service_account set description = ?, revision = revision + 1
                        where organization_id = ? and user_id = ? and revision = ?""")
                .params(
                        givenDescription.strip(),
                        caller.organization().value(),
                        before.id().value(),
                        before.revision())
                .update();
        if (changed == 0) {
            return Optional.empty();
        }
        jdbc.sql("update user_account set name = ? where id = ? and kind = 'service-account'")
                .params(name, before.id().value())
                .update();
        if (moved) {
            members.changeServiceAccount(caller.organization(), before.id(), role);
        }
        var after = find(caller.organization(), before.id());
        events.publishEvent(Audited.changed(
                caller.organization(), "service-account.changed", subject(after), facts(before), facts(after)));
        return Optional.of(after);
    }

    /** With all its keys, which stop working at once. */
    @Transactional
    public void delete(Caller caller, UserId id) {
        var account = find(caller.organization(), id);
        roles.authority(caller).require(account.role());
        members.removeServiceAccount(caller.organization(), id);
        jdbc.sql("delete from user_account where id = ? and kind = 'service-account'")
                .param(id.value())
                .update();
        events.publishEvent(Audited.of(caller.organization(), "service-account.deleted", subject(account)));
    }

    /** Accounts belong to no organization in the database; these do. */
    @EventListener
    void on(OrganizationErasing erasing) {
        jdbc.sql("""
                        delete from user_account where kind = 'service-account'
                            and id in (select user_id from service_account where organization_id = ?)""").param(erasing.organization().value()).update();
    }

    private static Audited.Subject subject(ServiceAccount account) {
        return Audited.Subject.of("service-account", account.id(), account.name());
    }

    private static Map<String, ?> facts(ServiceAccount account) {
        return Map.of(
                "name",
                account.name(),
                "description",
                account.description(),
                "role",
                account.role().text());
    }

    private Stream<ServiceAccount> withRole(OrganizationId organization, Row row) {
        return members.find(organization, row.id()).map(Membership::assigned).map(row::with).stream();
    }

    private static String name(String given, String description, AssignedRole role) {
        var violations = new ArrayList<Violation>();
        var name = given.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(
                    "/name", "Must have 1 to " + MAX_NAME + " characters, no control characters among them."));
        }
        if (description.strip().length() > MAX_DESCRIPTION) {
            violations.add(new Violation("/description", "Must have " + MAX_DESCRIPTION + " characters at most."));
        }
        if (role.role() == Role.OWNER) {
            violations.add(new Violation("/role", "Only a person can be an owner: choose another role."));
        }
        if (!violations.isEmpty()) {
            throw IdentityException.invalid(List.copyOf(violations));
        }
        return name;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new UserId(row.getObject("user_id", UUID.class)),
                row.getString("name"),
                row.getString("description"),
                new UserId(row.getObject("created_by", UUID.class)),
                row.getTimestamp("created_at").toInstant(),
                row.getLong("revision"));
    }
}
