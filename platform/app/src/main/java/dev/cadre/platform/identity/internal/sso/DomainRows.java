package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.database.Walls;
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

/** Keeps which domains organizations have claimed, and which are proven. */
@Component
class DomainRows {

    private static final String COLUMNS = "organization_id, domain, token, proven_at, looked_up_at, missing_since";

    private final JdbcClient jdbc;

    DomainRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<DomainRow> list(OrganizationId organization) {
        return jdbc.sql("select " + COLUMNS + " from sso_domain where organization_id = ? order by domain")
                .param(organization.value())
                .query(DomainRows::row)
                .list();
    }

    /** Whose a domain is proven to be. */
    Optional<OrganizationId> owner(String domain) {
        return Walls.outside(
                () -> jdbc.sql("select organization_id from sso_domain where domain = ? and proven_at is not null")
                        .param(domain)
                        .query(UUID.class)
                        .optional()
                        .map(OrganizationId::new));
    }

    /** False where it is claimed already, or the organization has that many. */
    boolean add(OrganizationId organization, String domain, String token, int most) {
        return jdbc.sql("""
                        insert into sso_domain (organization_id, domain, token)
                        select :organization, :domain, :token
                        where (select count(*) from sso_domain where organization_id = :organization) < :most
                        on conflict do nothing""")
                        .param("organization", organization.value())
                        .param("domain", domain)
                        .param("token", token)
                        .param("most", most)
                        .update()
                == 1;
    }

    boolean delete(OrganizationId organization, String domain) {
        return jdbc.sql("delete from sso_domain where organization_id = ? and domain = ?")
                        .param(organization.value())
                        .param(domain)
                        .update()
                == 1;
    }

    /** The same claim as it stands now, which nobody else changes until the transaction has ended; empty where it is released. */
    Optional<DomainRow> hold(DomainRow claim) {
        return jdbc.sql("select " + COLUMNS
                        + " from sso_domain where organization_id = ? and domain = ? and token = ? for update")
                .param(claim.organization().value())
                .param(claim.domain())
                .param(claim.token())
                .query(DomainRows::row)
                .optional();
    }

    /** Its proof, and when it is looked up next. */
    void save(DomainRow row, Instant lookAt) {
        jdbc.sql("""
                        update sso_domain set proven_at = ?, looked_up_at = ?, missing_since = ?, look_at = ?
                        where organization_id = ? and domain = ?""")
                .param(timestamp(row.provenAt()))
                .param(timestamp(row.lookedUpAt()))
                .param(timestamp(row.missingSince()))
                .param(timestamp(lookAt))
                .param(row.organization().value())
                .param(row.domain())
                .update();
    }

    /** A proven domain that is to be looked up, for one node alone until the lease is over. */
    Optional<DomainRow> claim(Instant now, Instant lease) {
        return jdbc.sql("""
                        update sso_domain set look_at = ? where (organization_id, domain) =
                        (select organization_id, domain from sso_domain where proven_at is not null and look_at <= ?
                         order by look_at limit 1 for update skip locked)
                        returning\s""" + COLUMNS)
                .param(timestamp(lease))
                .param(timestamp(now))
                .query(DomainRows::row)
                .optional();
    }

    void later(DomainRow row, Instant lookAt) {
        jdbc.sql("update sso_domain set look_at = ? where organization_id = ? and domain = ?")
                .param(timestamp(lookAt))
                .param(row.organization().value())
                .param(row.domain())
                .update();
    }

    private static DomainRow row(ResultSet row, int number) throws SQLException {
        return new DomainRow(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("domain"),
                row.getString("token"),
                instant(row.getTimestamp("proven_at")),
                instant(row.getTimestamp("looked_up_at")),
                instant(row.getTimestamp("missing_since")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
