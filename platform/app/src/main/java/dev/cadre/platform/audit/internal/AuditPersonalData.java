package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.PersonalData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events that a person caused or that concern them. They hold ids; what says where somebody was is forgotten, last of
 * all, since the others leave events too.
 */
@Component
@Order(3)
class AuditPersonalData implements PersonalData {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    AuditPersonalData(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new Kind(
                "auditEvents",
                "What the audit logs of your organizations say that you did, yourself or with keys of your own, and what"
                        + " concerns you.",
                person -> PersonalData.rows(jdbc.sql("""
                                select distinct on (id) id, at, action, subject_type, subject_id,
                                  case when actor_id = :id or actor_id = any(:keys) then origin end as origin from audit_event
                                where actor_kind = 'user' and actor_id = :id
                                  or actor_kind = 'api_key' and actor_id = any(:keys)
                                  or subject_type = 'user' and subject_id = :text
                                order by id""")
                        .param("id", person.id().value())
                        .param("keys", keys(person))
                        .param("text", person.id().toString()))));
    }

    /**
     * Each log that has something of the person says why the origins are gone, and which keys were the person's: else their
     * absence would be a change.
     */
    @Override
    public void erase(Person person) {
        jdbc.sql("""
                        select organization_id, array_agg(distinct actor_id) filter (where actor_kind = 'api_key') as keys
                        from audit_event where actor_kind = 'user' and actor_id = :id
                          or actor_kind = 'api_key' and actor_id = any(:keys)
                        group by organization_id""")
                .param("id", person.id().value())
                .param("keys", keys(person))
                .query((row, number) -> erased(person, row))
                .list()
                .forEach(events::publishEvent);
        jdbc.sql("select audit_blank(?, ?)")
                .params(person.id().value(), keys(person))
                .query(Integer.class)
                .single();
    }

    private static Audited erased(Person person, ResultSet row) throws SQLException {
        var log = new OrganizationId(row.getObject("organization_id", UUID.class));
        var keys = row.getArray("keys");
        return Audited.of(
                log,
                "user.erased",
                Subject.user(person.id()),
                keys == null ? Map.of() : Map.of("keys", List.of((UUID[]) keys.getArray())));
    }

    private static UUID[] keys(Person person) {
        return person.keys().toArray(UUID[]::new);
    }
}
