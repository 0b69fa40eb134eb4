package dev.cadre.platform.organization.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables that hold an organization, whichever room they are of: those with a column {@code organization_id}. */
@Component
class ErasureRows {

    /**
     * A sign-in is its person's and goes on elsewhere; which organization was the first stays so for good; a destroyed key
     * leaves its row, so that nobody makes a new one; members, and the roles that they have, go with the organization itself.
     */
    private static final List<String> KEPT =
            List.of("session", "first_organization", "data_key", "membership", "custom_role");

    private final JdbcClient jdbc;

    ErasureRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes one whose time has come, for as long as a batch may take at most; no other node works on it meanwhile. */
    Optional<OrganizationId> claim(Duration lease) {
        return jdbc.sql("""
                        update organization set erased_until = now() + make_interval(secs => ?) where id =
                        (select id from organization where deletes_at <= now() and (erased_until is null or erased_until <= now())
                         order by deletes_at limit 1 for update skip locked) returning id""")
                .param(lease.toSeconds())
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .optional();
    }

    void renew(OrganizationId organization, Duration lease) {
        jdbc.sql("update organization set erased_until = now() + make_interval(secs => ?) where id = ?")
                .param(lease.toSeconds())
                .param(organization.value())
                .update();
    }

    List<String> tables() {
        return jdbc.sql("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where a.attname = 'organization_id' and not a.attisdropped and c.relkind = 'r'
                          and c.relnamespace = 'cadre'::regnamespace and c.relname not in (:kept)
                        order by c.relname""")
                .param("kept", KEPT)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** By a function of the database, which deletes also what may otherwise only be added to, as the audit log. */
    int delete(String table, OrganizationId organization, int most) {
        return jdbc.sql("select erase_rows(?, ?, ?)")
                .param(table)
                .param(organization.value())
                .param(most)
                .query(Integer.class)
                .single();
    }

    List<UserId> members(OrganizationId organization) {
        return jdbc.sql("select user_id from membership where organization_id = ?")
                .param(organization.value())
                .query((row, number) -> new UserId(row.getObject(1, UUID.class)))
                .list();
    }

    void delete(OrganizationId organization) {
        jdbc.sql("delete from organization where id = ?")
                .param(organization.value())
                .update();
    }
}
