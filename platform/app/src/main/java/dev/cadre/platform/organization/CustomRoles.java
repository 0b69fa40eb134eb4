package dev.cadre.platform.organization;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OneLine;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the roles that organizations make themselves. */
@Service
public class CustomRoles {

    /** More than anybody can tell apart; so that they need no pages. */
    public static final int MOST = 100;

    private static final int MAX_NAME = 60;
    private static final String SELECT = "select id, name, permissions, revision from custom_role ";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    CustomRoles(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    public List<CustomRole> list(OrganizationId organization) {
        return jdbc.sql(SELECT + "where organization_id = ? order by lower(name)")
                .param(organization.value())
                .query((row, number) -> role(row, ""))
                .list();
    }

    public Optional<CustomRole> find(OrganizationId organization, UUID id) {
        return jdbc.sql(SELECT + "where organization_id = ? and id = ?")
                .param(organization.value())
                .param(id)
                .query((row, number) -> role(row, ""))
                .optional();
    }

    /** How many members have each role, built-in ones by their names and custom ones by their ids. */
    public Map<String, Integer> members(OrganizationId organization) {
        var counts = new HashMap<String, Integer>();
        jdbc.sql("""
                        select coalesce(custom_role_id::text, role) as role, count(*)::int as members
                        from membership where organization_id = ? group by 1""").param(organization.value()).query(row -> {
            counts.put(row.getString("role"), row.getInt("members"));
        });
        return counts;
    }

    @Transactional
    public CustomRole create(OrganizationId organization, String name, Set<String> permissions) {
        lock(organization);
        if (list(organization).size() >= MOST) {
            throw OrganizationException.tooManyRoles(MOST);
        }
        var id = Ids.create();
        try {
            jdbc.sql("insert into custom_role (id, organization_id, name, permissions) values (?, ?, ?, ?)")
                    .param(id)
                    .param(organization.value())
                    .param(valid(name))
                    .param(sorted(permissions))
                    .update();
        } catch (DuplicateKeyException e) {
            throw OrganizationException.roleNameTaken();
        }
        var created = find(organization, id).orElseThrow();
        events.publishEvent(Audited.of(organization, "role.created", subject(created), facts(created)));
        return created;
    }

    /** Changes it unless somebody else has since the given revision; empty then. */
    @Transactional
    public Optional<CustomRole> change(
            OrganizationId organization, UUID id, String name, Set<String> permissions, long revision) {
        lock(organization);
        var before = find(organization, id);
        int changed;
        try {
            changed = jdbc.sql("""
                            update custom_role set name = ?, permissions = ?, revision = revision + 1
                            where organization_id = ? and id = ? and revision = ?""")
                    .param(valid(name))
                    .param(sorted(permissions))
                    .param(organization.value())
                    .param(id)
                    .param(revision)
                    .update();
        } catch (DuplicateKeyException e) {
            throw OrganizationException.roleNameTaken();
        }
        if (changed == 0) {
            return Optional.empty();
        }
        var after = find(organization, id).orElseThrow();
        events.publishEvent(Audited.changed(
                organization,
                "role.changed",
                subject(after),
                before.map(CustomRoles::facts).orElse(Map.of()),
                facts(after)));
        events.publishEvent(new CustomRoleChanged(organization, id));
        return Optional.of(after);
    }

    /**
     * Deletes it and gives its members another one.
     *
     * @param successor may be null where nobody has the role
     */
    @Transactional
    public void delete(OrganizationId organization, UUID id, @Nullable AssignedRole successor) {
        lock(organization);
        var going = find(organization, id).orElseThrow(OrganizationException::roleNotFound);
        var heir = successor == null ? null : held(organization, successor);
        if (heir == null) {
            int members = members(organization).getOrDefault(id.toString(), 0);
            if (members > 0) {
                throw OrganizationException.roleInUse(members);
            }
        } else if (heir.text().equals(id.toString())) {
            throw OrganizationException.sameRole();
        } else {
            move(organization, id, heir);
        }
        events.publishEvent(new CustomRoleRemoved(organization, id, heir));
        jdbc.sql("delete from custom_role where organization_id = ? and id = ?")
                .param(organization.value())
                .param(id)
                .update();
        var got = heir == null ? Map.<String, String>of() : Map.of("membersGot", heir.name());
        events.publishEvent(Audited.changed(organization, "role.deleted", subject(going), facts(going), got));
        events.publishEvent(new CustomRoleChanged(organization, id));
    }

    private static Subject subject(CustomRole role) {
        return Subject.of("role", role.id(), role.name());
    }

    private static Map<String, ?> facts(CustomRole role) {
        return Map.of(
                "name",
                role.name(),
                "permissions",
                role.permissions().stream().sorted().toList());
    }

    /**
     * The role as it is now and stays until the end of the transaction: since the caller read it, somebody may have changed
     * or deleted it.
     */
    AssignedRole held(OrganizationId organization, AssignedRole role) {
        lock(organization);
        var custom = role.custom();
        return custom == null
                ? role
                : find(organization, custom.id())
                        .map(AssignedRole::of)
                        .orElseThrow(OrganizationException::roleNotFound);
    }

    private void move(OrganizationId organization, UUID id, AssignedRole successor) {
        if (successor.role() == Role.OWNER && hasPrograms(organization, id)) {
            throw OrganizationException.programsAsOwners();
        }
        var custom = successor.custom();
        jdbc.sql("""
                        update membership set role = :role, custom_role_id = :custom
                        where organization_id = :organization and custom_role_id = :id""")
                .param("role", successor.role().text())
                .param("custom", custom == null ? null : custom.id(), Types.OTHER)
                .param("organization", organization.value())
                .param("id", id)
                .update();
    }

    private boolean hasPrograms(OrganizationId organization, UUID id) {
        return jdbc.sql("""
                        select count(*) > 0 from membership
                        where organization_id = ? and custom_role_id = ? and kind = 'service-account'""")
                .params(organization.value(), id)
                .query(Boolean.class)
                .single();
    }

    /** As everybody does who changes members, so that nobody gets a role while it goes. */
    void lock(OrganizationId organization) {
        jdbc.sql("select 1 from organization where id = ? for update")
                .param(organization.value())
                .query(Integer.class)
                .optional();
    }

    private static String[] sorted(Set<String> permissions) {
        return new TreeSet<>(permissions).toArray(String[]::new);
    }

    private static String valid(String name) {
        var stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME) {
            throw OrganizationException.name("Must have 1 to " + MAX_NAME + " characters.");
        }
        if (!OneLine.isPlain(stripped)) {
            throw OrganizationException.name("Must not contain control characters.");
        }
        if (Arrays.stream(Role.values()).anyMatch(role -> role.text().equals(stripped.toLowerCase(Locale.ROOT)))) {
            throw OrganizationException.name("Must not be the name of a built-in role.");
        }
        return stripped;
    }

    /** Reads a role of a row whose columns have names with the given prefix. */
    static CustomRole role(ResultSet row, String prefix) throws SQLException {
        return new CustomRole(
                row.getObject(prefix + "id", UUID.class),
                row.getString(prefix + "name"),
                texts(row.getArray(prefix + "permissions")),
                row.getLong(prefix + "revision"));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }
}
