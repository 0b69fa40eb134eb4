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
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Knows and changes who belongs to an organization. Owners are changed by owners only, and one always stays. */
@Service
public class Members {

    private static final String SELECT = """
            select m.organization_id, o.name, m.user_id, m.role, m.joined_at
            from membership m join organization o on o.id = m.organization_id
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Members(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    public Optional<Membership> find(OrganizationId organization, UserId user) {
        return jdbc.sql(SELECT + "where m.organization_id = ? and m.user_id = ?")
                .param(organization.value())
                .param(user.value())
                .query(Members::membership)
                .optional();
    }

    /** Members behind the given one, in the order of their ids. */
    public List<Membership> list(OrganizationId organization, Optional<UserId> after, int limit) {
        return jdbc.sql(SELECT + "where m.organization_id = ? and m.user_id > ? order by m.user_id limit ?")
                .param(organization.value())
                .param(after.map(UserId::value).orElse(new UUID(0, 0)))
                .param(limit)
                .query(Members::membership)
                .list();
    }

    @Transactional
    public Membership add(OrganizationId organization, UserId user, Role role, Role by) {
        requireOwnerFor(role, by);
        try {
            jdbc.sql("insert into membership (organization_id, user_id, role) values (?, ?, ?)")
                    .param(organization.value())
                    .param(user.value())
                    .param(role.text())
                    .update();
        } catch (DuplicateKeyException e) {
            throw OrganizationException.alreadyMember();
        }
        events.publishEvent(new MembershipChanged(organization, user));
        audit(organization, user, "member.added", Map.of(), Map.of("role", role.text()));
        return find(organization, user).orElseThrow();
    }

    @Transactional
    public Membership change(OrganizationId organization, UserId user, Role role, Role by) {
        var before = lock(organization, user);
        requireOwnerFor(role, by);
        requireOwnerFor(before, by);
        if (role != Role.OWNER) {
            requireOtherOwner(organization, before);
        }
        jdbc.sql("update membership set role = ? where organization_id = ? and user_id = ?")
                .param(role.text())
                .param(organization.value())
                .param(user.value())
                .update();
        events.publishEvent(new MembershipChanged(organization, user));
        audit(organization, user, "member.role-changed", Map.of("role", before.text()), Map.of("role", role.text()));
        return find(organization, user).orElseThrow();
    }

    @Transactional
    public void remove(OrganizationId organization, UserId user, Role by) {
        var before = lock(organization, user);
        requireOwnerFor(before, by);
        requireOtherOwner(organization, before);
        jdbc.sql("delete from membership where organization_id = ? and user_id = ?")
                .param(organization.value())
                .param(user.value())
                .update();
        events.publishEvent(new MembershipChanged(organization, user));
        audit(organization, user, "member.removed", Map.of("role", before.text()), Map.of());
    }

    private void audit(
            OrganizationId organization, UserId user, String action, Map<String, ?> before, Map<String, ?> after) {
        events.publishEvent(Audited.changed(organization, action, Subject.user(user), before, after));
    }

    /** Locks the organization too, so that two owners can't remove each other at once. */
    private Role lock(OrganizationId organization, UserId user) {
        jdbc.sql("select 1 from organization where id = ? for update")
                .param(organization.value())
                .query(Integer.class)
                .optional();
        return jdbc.sql("select role from membership where organization_id = ? and user_id = ? for update")
                .param(organization.value())
                .param(user.value())
                .query(String.class)
                .optional()
                .map(Role::of)
                .orElseThrow(OrganizationException::memberNotFound);
    }

    private void requireOtherOwner(OrganizationId organization, Role before) {
        if (before != Role.OWNER) {
            return;
        }
        long owners = jdbc.sql("select count(*) from membership where organization_id = ? and role = 'owner'")
                .param(organization.value())
                .query(Long.class)
                .single();
        if (owners < 2) {
            throw OrganizationException.lastOwner();
        }
    }

    private static void requireOwnerFor(Role role, Role by) {
        if (role == Role.OWNER && by != Role.OWNER) {
            throw OrganizationException.ownersOnly();
        }
    }

    static Membership membership(ResultSet row, int number) throws SQLException {
        return new Membership(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("name"),
                new UserId(row.getObject("user_id", UUID.class)),
                Role.of(row.getString("role")),
                row.getTimestamp("joined_at").toInstant());
    }
}
