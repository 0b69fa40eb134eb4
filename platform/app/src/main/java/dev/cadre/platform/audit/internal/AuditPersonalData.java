package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    public Map<String, List<Map<String, @Nullable Object>>> export(Person person) {
        return Map.of(
                "auditEvents",
                jdbc.sql("""
                                select distinct on (id) id, at, action, subject_type, subject_id,
                                  case when actor_kind = 'user' and actor_id = :id then origin end as origin from audit_event
                                where actor_kind = 'user' and actor_id = :id or subject_type = 'user' and subject_id = :text
                                order by id""")
                        .param("id", person.id().value())
                        .param("text", person.id().toString())
                        .query()
                        .listOfRows());
    }

    /** Each log that has something of the person says why the origins are gone: else their absence would be a change. */
    @Override
    public void erase(Person person) {
        jdbc.sql("select distinct organization_id from audit_event where actor_kind = 'user' and actor_id = ?")
                .param(person.id().value())
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list()
                .forEach(log -> events.publishEvent(Audited.of(log, "user.erased", Subject.user(person.id()))));
        jdbc.sql("select audit_blank(?)")
                .param(person.id().value())
                .query(Integer.class)
                .single();
    }
}
