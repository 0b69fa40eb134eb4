package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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
    private final Blanking blanking;

    AuditPersonalData(JdbcClient jdbc, ApplicationEventPublisher events, Blanking blanking) {
        this.jdbc = jdbc;
        this.events = events;
        this.blanking = blanking;
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

    private record Acted(OrganizationId log, boolean byKey, UUID actor) {}

    /**
     * Each log that has something of the person says why the origins are gone, and which keys were the person's: else their
     * absence would be a change.
     */
    @Override
    public void erase(Person person) {
        var acted = jdbc.sql("""
                        select distinct organization_id, actor_kind = 'api_key' as by_key, actor_id from audit_event
                        where actor_kind = 'user' and actor_id = :id or actor_kind = 'api_key' and actor_id = any(:keys)""")
                .param("id", person.id().value())
                .param("keys", keys(person))
                .query((row, _) -> new Acted(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        row.getBoolean("by_key"),
                        row.getObject("actor_id", UUID.class)))
                .list();
        acted.stream()
                .collect(Collectors.groupingBy(Acted::log))
                .forEach((log, ofLog) -> events.publishEvent(erased(person, log, ofLog)));
        acted.forEach(some -> blanking.ask(some.log(), some.actor()));
        // that it was erased is an event of the person as well
        acted.stream()
                .map(Acted::log)
                .distinct()
                .forEach(log -> blanking.ask(log, person.id().value()));
    }

    private static Audited erased(Person person, OrganizationId log, List<Acted> acted) {
        var keys = acted.stream().filter(Acted::byKey).map(Acted::actor).toList();
        return Audited.of(
                log, "user.erased", Subject.user(person.id()), keys.isEmpty() ? Map.of() : Map.of("keys", keys));
    }

    private static UUID[] keys(Person person) {
        return person.keys().toArray(UUID[]::new);
    }
}
