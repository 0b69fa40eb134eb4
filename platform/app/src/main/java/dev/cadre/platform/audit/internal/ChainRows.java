package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The chains in the database, one for each organization and one for the installation. */
@Component
class ChainRows {

    /** An event that is in no chain yet. */
    record Open(UUID id, byte[] seal) {}

    /** The end or the beginning of a chain, with the hub's seal over it. */
    record Mark(long position, byte[] hash, byte[] mac) {}

    /** An event in its chain, with all that can be checked of it. */
    record Link(
            EventFields fields,
            byte[] seal,
            @Nullable String origin,
            byte @Nullable [] originSalt,
            @Nullable String content,
            byte @Nullable [] contentSalt,
            long position,
            byte[] hash) {}

    /** The part of a chain that is old enough to go. */
    record Old(long position, byte[] hash) {}

    /** What was written for the operator's collector up to {@code position}, of a chain with this {@code end}. */
    record Unshipped(OrganizationId organization, long position, long end) {}

    private static final long LOCK = 7_010;
    private static final long SHIPPING = 7_011;

    private final JdbcClient jdbc;

    ChainRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this transaction is the only one that changes chains, on all nodes. */
    boolean isMine() {
        return locks(LOCK);
    }

    /** Whether this transaction is the only one that writes for the operator's collector, on all nodes. */
    boolean shipsHere() {
        return locks(SHIPPING);
    }

    private boolean locks(long what) {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(what)
                .query(Boolean.class)
                .single();
    }

    List<Unshipped> unshipped(int limit) {
        return jdbc.sql("""
                        select h.organization_id, coalesce(s.position, 0), h.position from audit_head h
                        left join audit_shipped s on s.organization_id = h.organization_id
                        where h.position > coalesce(s.position, 0) limit ?""")
                .param(limit)
                .query((row, number) ->
                        new Unshipped(new OrganizationId(row.getObject(1, UUID.class)), row.getLong(2), row.getLong(3)))
                .list();
    }

    void shipped(OrganizationId organization, long position) {
        jdbc.sql("""
                        insert into audit_shipped (organization_id, position) values (?, ?)
                        on conflict (organization_id) do update set position = excluded.position""").param(organization.value()).param(position).update();
    }

    List<OrganizationId> withOpen(int limit) {
        return organizations("select distinct organization_id from audit_event where position is null limit ?", limit);
    }

    List<OrganizationId> all() {
        return organizations("select organization_id from audit_head order by organization_id limit ?", 1_000_000);
    }

    private List<OrganizationId> organizations(String sql, int limit) {
        return jdbc.sql(sql)
                .param(limit)
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list();
    }

    List<Open> open(OrganizationId organization, int limit) {
        return jdbc.sql(
                        "select id, seal from audit_event where organization_id = ? and position is null order by id limit ?")
                .param(organization.value())
                .param(limit)
                .query((row, number) -> new Open(row.getObject(1, UUID.class), row.getBytes(2)))
                .list();
    }

    int waiting(OrganizationId organization) {
        return jdbc.sql("select count(*) from audit_event where organization_id = ? and position is null")
                .param(organization.value())
                .query(Integer.class)
                .single();
    }

    Optional<Mark> head(OrganizationId organization) {
        return mark("audit_head", organization);
    }

    Optional<Mark> anchor(OrganizationId organization) {
        return mark("audit_anchor", organization);
    }

    private Optional<Mark> mark(String table, OrganizationId organization) {
        return jdbc.sql("select position, hash, mac from " + table + " where organization_id = ?")
                .param(organization.value())
                .query((row, number) -> new Mark(row.getLong(1), row.getBytes(2), row.getBytes(3)))
                .optional();
    }

    int link(OrganizationId organization, List<UUID> events, List<Long> positions, List<byte[]> hashes, byte[] mac) {
        return jdbc.sql("select audit_chain(?, ?, ?, ?, ?)")
                .param(organization.value())
                .param(events.toArray(UUID[]::new))
                .param(positions.toArray(Long[]::new))
                .param(hashes.toArray(byte[][]::new))
                .param(mac)
                .query(Integer.class)
                .single();
    }

    /** In the order of the chain. */
    List<Link> links(OrganizationId organization, long behind, int limit) {
        return jdbc.sql("""
                        select id, at, actor_kind, actor_id, action, subject_type, subject_id, origin_commitment,
                          content_commitment, seal, origin, origin_salt, content, content_salt, position, hash
                        from audit_event where organization_id = ? and position > ? order by position limit ?""")
                .param(organization.value())
                .param(behind)
                .param(limit)
                .query(ChainRows::link)
                .list();
    }

    /** Whether the log says that this person, or who had this key, was erased. */
    boolean erased(OrganizationId organization, UUID actor) {
        return jdbc.sql("""
                        select exists (select from audit_event
                          where organization_id = :organization and action = 'user.erased' and case when action = 'user.erased'
                            then subject_id = :actor or jsonb_exists(content::jsonb -> 'after' -> 'keys', :actor) end)""")
                .param("organization", organization.value())
                .param("actor", actor.toString())
                .query(Boolean.class)
                .single();
    }

    /** The last of the first {@code most} links that are all older than {@code before}. */
    Optional<Old> old(OrganizationId organization, Instant before, int most) {
        return jdbc.sql("""
                        with first as (select position, hash, at from audit_event
                            where organization_id = :organization and position is not null order by position limit :most),
                          kept as (select min(position) as position from first where at >= :before)
                        select position, hash from first
                        where position < coalesce((select position from kept), 9223372036854775807)
                        order by position desc limit 1""")
                .param("organization", organization.value())
                .param("most", most)
                .param("before", Timestamp.from(before))
                .query((row, number) -> new Old(row.getLong(1), row.getBytes(2)))
                .optional();
    }

    int forget(OrganizationId organization, Old old, byte[] mac) {
        return jdbc.sql("select audit_forget(?, ?, ?, ?)")
                .param(organization.value())
                .param(old.position())
                .param(old.hash())
                .param(mac)
                .query(Integer.class)
                .single();
    }

    private static Link link(ResultSet row, int number) throws SQLException {
        var fields = new EventFields(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("actor_kind"),
                row.getObject("actor_id", UUID.class),
                row.getString("action"),
                row.getString("subject_type"),
                row.getString("subject_id"),
                row.getBytes("origin_commitment"),
                row.getBytes("content_commitment"));
        return new Link(
                fields,
                row.getBytes("seal"),
                row.getString("origin"),
                row.getBytes("origin_salt"),
                row.getString("content"),
                row.getBytes("content_salt"),
                row.getLong("position"),
                row.getBytes("hash"));
    }
}
