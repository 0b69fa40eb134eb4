package dev.cadre.platform.organization;

import dev.cadre.platform.organization.internal.FoundingSettings;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OneLine;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Founds, finds and renames organizations. */
@Service
public class Organizations {

    private static final int MAX_NAME = 100;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final FoundingSettings settings;
    private volatile @Nullable OrganizationId first;

    Organizations(JdbcClient jdbc, ApplicationEventPublisher events, FoundingSettings settings) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.events = events;
    }

    /** A new organization, owned by its founder. */
    @Transactional
    public Organization found(String name, UserId founder) {
        requireRoom(founder);
        var id = OrganizationId.create();
        jdbc.sql("insert into organization (id, name) values (?, ?)")
                .param(id.value())
                .param(valid(name))
                .update();
        jdbc.sql("insert into membership (organization_id, user_id, role) values (?, ?, 'owner')")
                .param(id.value())
                .param(founder.value())
                .update();
        jdbc.sql("insert into first_organization (organization_id) values (?) on conflict do nothing")
                .param(id.value())
                .update();
        var founded = find(id);
        events.publishEvent(new Audited(
                id,
                Actor.current().as(founder),
                "organization.founded",
                subject(founded),
                Map.of(),
                Map.of("name", founded.name())));
        return founded;
    }

    /** Those founded at the same moment wait for each other, so that none slips by. */
    private void requireRoom(UserId founder) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 30))")
                .param(founder.toString())
                .query((row, number) -> true)
                .single();
        int owned = jdbc.sql("select count(*) from membership where user_id = ? and role = 'owner'")
                .param(founder.value())
                .query(Integer.class)
                .single();
        if (owned >= settings.organizationsPerPerson()) {
            throw OrganizationException.tooManyOwned(settings.organizationsPerPerson());
        }
    }

    /** Whether the installation belongs to it: it was the first one here. */
    public boolean isFirst(OrganizationId id) {
        var known = first;
        if (known == null) {
            known = jdbc.sql("select organization_id from first_organization")
                    .query(UUID.class)
                    .optional()
                    .map(OrganizationId::new)
                    .orElse(null);
            first = known; // it never changes
        }
        return id.equals(known);
    }

    /** The installation's first owner: of the owners of its first organization the one who has been there longest. */
    public Optional<UserId> firstOwner() {
        return jdbc.sql("""
                        select m.user_id from membership m join first_organization f on f.organization_id = m.organization_id
                        where m.role = 'owner' order by m.joined_at, m.user_id limit 1""")
                .query((row, number) -> new UserId(row.getObject(1, UUID.class)))
                .optional();
    }

    public Organization find(OrganizationId id) {
        return jdbc.sql("select id, name, revision, created_at, deletes_at from organization where id = ?")
                .param(id.value())
                .query((row, number) -> new Organization(
                        new OrganizationId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        row.getLong("revision"),
                        row.getTimestamp("created_at").toInstant(),
                        instant(row, "deletes_at")))
                .optional()
                .orElseThrow(OrganizationException::notFound);
    }

    /** Renames unless somebody else has changed the organization since the given revision; empty then. */
    @Transactional
    public Optional<Organization> rename(OrganizationId id, String name, long revision) {
        var before = find(id);
        int changed = jdbc.sql(
                        "update organization set name = ?, revision = revision + 1 where id = ? and revision = ?")
                .param(valid(name))
                .param(id.value())
                .param(revision)
                .update();
        if (changed == 0) {
            return Optional.empty();
        }
        var after = find(id);
        events.publishEvent(Audited.changed(
                id,
                "organization.renamed",
                subject(after),
                Map.of("name", before.name()),
                Map.of("name", after.name())));
        return Optional.of(after);
    }

    static Subject subject(Organization organization) {
        return Subject.of("organization", organization.id(), organization.name());
    }

    /** What a user belongs to, the oldest membership first; what is about to be deleted comes last. */
    public List<Membership> of(UserId user) {
        return jdbc.sql(Members.SELECT
                        + "where m.user_id = ? order by o.deletes_at is not null, m.joined_at, m.organization_id")
                .param(user.value())
                .query(Members::membership)
                .list();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static String valid(String name) {
        var stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME) {
            throw OrganizationException.name("Must have 1 to " + MAX_NAME + " characters.");
        }
        if (!OneLine.isPlain(stripped)) {
            throw OrganizationException.name("Must not contain control characters.");
        }
        return stripped;
    }
}
