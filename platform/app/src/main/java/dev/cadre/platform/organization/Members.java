package dev.cadre.platform.organization;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Knows and changes who belongs to an organization. Nobody is changed by those who may do less, and one owner always stays. */
@Service
public class Members {

    static final String SELECT = """
            select m.organization_id, o.name, m.user_id, m.role, m.joined_at, o.deletes_at,
              r.id as role_id, r.name as role_name, r.permissions as role_permissions, r.revision as role_revision
            from membership m join organization o on o.id = m.organization_id
              left join custom_role r on r.id = m.custom_role_id
            """;

    private final JdbcClient jdbc;
    private final CustomRoles roles;
    private final ApplicationEventPublisher events;

    Members(JdbcClient jdbc, CustomRoles roles, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.events = events;
    }

    public Optional<Membership> find(OrganizationId organization, UserId user) {
        return jdbc.sql(SELECT + "where m.organization_id = ? and m.user_id = ?")
                .param(organization.value())
                .param(user.value())
                .query(Members::membership)
                .optional();
    }

    /** People behind the given one, in the order of their ids. */
    public List<Membership> list(OrganizationId organization, Optional<UserId> after, int limit) {
        return jdbc.sql(
                        SELECT
                                + "where m.organization_id = ? and m.kind = 'person' and m.user_id > ? order by m.user_id limit ?")
                .param(organization.value())
                .param(after.map(UserId::value).orElse(new UUID(0, 0)))
                .param(limit)
                .query(Members::membership)
                .list();
    }

    @Transactional
    public Membership add(OrganizationId organization, UserId user, AssignedRole given, Authority by) {
        var role = hold(organization, given);
        by.require(role);
        try {
            jdbc.sql("insert into membership (organization_id, user_id, role, custom_role_id) values (?, ?, ?, ?)")
                    .param(organization.value())
                    .param(user.value())
                    .param(role.role().text())
                    .param(id(role))
                    .update();
        } catch (DuplicateKeyException e) {
            throw OrganizationException.alreadyMember();
        }
        events.publishEvent(new MembershipChanged(organization, user));
        audit(organization, user, "member.added", Map.of(), Map.of("role", role.name()));
        return find(organization, user).orElseThrow();
    }

    @Transactional
    public Membership change(OrganizationId organization, UserId user, AssignedRole given, Authority by) {
        var before = lock(organization, user);
        var role = hold(organization, given);
        by.require(role);
        by.require(before);
        if (role.role() != Role.OWNER) {
            requireOtherOwner(organization, before);
        }
        assign(organization, user, before, role);
        return find(organization, user).orElseThrow();
    }

    @Transactional
    public void remove(OrganizationId organization, UserId user, Authority by) {
        var before = lock(organization, user);
        by.require(before);
        delete(organization, user, before);
        audit(organization, user, "member.removed", Map.of("role", before.name()), Map.of());
    }

    /** Somebody goes by themselves, whatever their role; the last owner stays. */
    @Transactional
    public void leave(OrganizationId organization, UserId user) {
        var before = lock(organization, user);
        delete(organization, user, before);
        audit(organization, user, "member.left", Map.of("role", before.name()), Map.of());
    }

    /** Another member becomes owner in the place of this one, who stays as administrator. */
    @Transactional
    public void transfer(OrganizationId organization, UserId owner, UserId heir) {
        var before = lock(organization, owner);
        if (before.role() != Role.OWNER) {
            throw OrganizationException.ownersOnly();
        }
        if (owner.equals(heir)) {
            throw OrganizationException.ownAlready();
        }
        assign(organization, heir, lock(organization, heir), AssignedRole.of(Role.OWNER));
        assign(organization, owner, before, AssignedRole.of(Role.ADMIN));
    }

    public List<UserId> owners(OrganizationId organization) {
        return jdbc.sql(
                        "select user_id from membership where organization_id = ? and role = 'owner' order by joined_at")
                .param(organization.value())
                .query((row, number) -> new UserId(row.getObject(1, UUID.class)))
                .list();
    }

    private void assign(OrganizationId organization, UserId user, AssignedRole before, AssignedRole role) {
        jdbc.sql("update membership set role = ?, custom_role_id = ? where organization_id = ? and user_id = ?")
                .param(role.role().text())
                .param(id(role))
                .param(organization.value())
                .param(user.value())
                .update();
        events.publishEvent(new MembershipChanged(organization, user));
        audit(organization, user, "member.role-changed", Map.of("role", before.name()), Map.of("role", role.name()));
    }

    private void delete(OrganizationId organization, UserId user, AssignedRole before) {
        requireOtherOwner(organization, before);
        jdbc.sql("delete from membership where organization_id = ? and user_id = ?")
                .param(organization.value())
                .param(user.value())
                .update();
        events.publishEvent(new MembershipChanged(organization, user));
    }

    private void audit(
            OrganizationId organization, UserId user, String action, Map<String, ?> before, Map<String, ?> after) {
        events.publishEvent(Audited.changed(organization, action, Subject.user(user), before, after));
    }

    /**
     * The role as it is now, which it stays until the end of the transaction; refused (404) where it is gone. Whoever gives a
     * role to somebody asks for it so.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public AssignedRole hold(OrganizationId organization, AssignedRole role) {
        return roles.held(organization, role);
    }

    /** Nobody's role changes until the end of the transaction. Comes before any other lock, or two wait for each other. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(OrganizationId organization) {
        roles.lock(organization);
    }

    /** A member that is a program; whether it may get this role was asked before. */
    @Transactional
    public void addServiceAccount(OrganizationId organization, UserId account, AssignedRole role) {
        jdbc.sql("""
                        insert into membership (organization_id, user_id, role, custom_role_id, kind)
                        values (?, ?, ?, ?, 'service-account')""")
                .param(organization.value())
                .param(account.value())
                .param(role.role().text())
                .param(id(role))
                .update();
        events.publishEvent(new MembershipChanged(organization, account));
    }

    @Transactional
    public void changeServiceAccount(OrganizationId organization, UserId account, AssignedRole role) {
        jdbc.sql("""
                        update membership set role = ?, custom_role_id = ?
                        where organization_id = ? and user_id = ? and kind = 'service-account'""")
                .param(role.role().text())
                .param(id(role))
                .param(organization.value())
                .param(account.value())
                .update();
        events.publishEvent(new MembershipChanged(organization, account));
    }

    @Transactional
    public void removeServiceAccount(OrganizationId organization, UserId account) {
        jdbc.sql("delete from membership where organization_id = ? and user_id = ? and kind = 'service-account'")
                .params(organization.value(), account.value())
                .update();
        events.publishEvent(new MembershipChanged(organization, account));
    }

    /** Locks the organization too, so that two owners can't remove each other at once. */
    private AssignedRole lock(OrganizationId organization, UserId user) {
        roles.lock(organization);
        return jdbc.sql(SELECT + "where m.organization_id = ? and m.user_id = ? and m.kind = 'person'")
                .param(organization.value())
                .param(user.value())
                .query(Members::membership)
                .optional()
                .orElseThrow(OrganizationException::memberNotFound)
                .assigned();
    }

    private static @Nullable UUID id(AssignedRole role) {
        var custom = role.custom();
        return custom == null ? null : custom.id();
    }

    private void requireOtherOwner(OrganizationId organization, AssignedRole before) {
        if (before.role() != Role.OWNER) {
            return;
        }
        // whoever has asked for its deletion may go: nobody is left alone with it
        boolean last = jdbc.sql("""
                        select (select count(*) from membership where organization_id = :id and role = 'owner') < 2
                          and not exists (select 1 from organization where id = :id and deletes_at is not null)""")
                .param("id", organization.value())
                .query(Boolean.class)
                .single();
        if (last) {
            throw OrganizationException.lastOwner();
        }
    }

    static Membership membership(ResultSet row, int number) throws SQLException {
        return new Membership(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("name"),
                new UserId(row.getObject("user_id", UUID.class)),
                Role.of(row.getString("role")),
                row.getObject("role_id") == null ? null : CustomRoles.role(row, "role_"),
                row.getTimestamp("joined_at").toInstant(),
                Organizations.instant(row, "deletes_at"));
    }
}
