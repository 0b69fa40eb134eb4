package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Ids;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was done within the transaction that does it: both are there, or neither. */
@Component
class AuditWriter {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final Seals seals;

    AuditWriter(JdbcClient jdbc, JsonMapper json, Clock clock, Seals seals) {
        this.seals = seals;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @EventListener
    void write(Audited event) {
        var actor = event.actor() == null ? Actor.current() : event.actor();
        var origin = Commitment.to(json.writeValueAsString(origin(actor)));
        var content = Commitment.to(json.writeValueAsString(content(event)));
        var fields = new EventFields(
                Ids.create(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor.kind().name().toLowerCase(Locale.ROOT),
                actor.id(),
                event.action(),
                event.subject().type(),
                event.subject().id(),
                origin.digest(),
                content.digest());
        insert(event, fields, origin, content);
    }

    private void insert(Audited event, EventFields fields, Commitment origin, Commitment content) {
        var organization = event.organization();
        jdbc.sql("select audit_record(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(1, fields.id())
                .param(2, organization == null ? null : organization.value(), Types.OTHER)
                .param(3, person(event), Types.OTHER)
                .param(4, Timestamp.from(fields.at()))
                .param(5, fields.actorKind())
                .param(6, fields.actorId(), Types.OTHER)
                .param(7, fields.action())
                .param(8, fields.subjectType())
                .param(9, fields.subjectId())
                .param(10, origin.text())
                .param(11, origin.salt())
                .param(12, origin.digest())
                .param(13, content.text())
                .param(14, content.salt())
                .param(15, content.digest())
                .param(16, seals.ofEvent(organization, fields))
                .query((row, number) -> true)
                .single();
    }

    private static Map<String, @Nullable Object> origin(Actor actor) {
        var origin = new LinkedHashMap<String, @Nullable Object>();
        origin.put("name", actor.kind() == Actor.Kind.USER ? null : actor.name());
        origin.put("address", actor.address());
        origin.put("userAgent", actor.userAgent());
        return origin;
    }

    private static Map<String, @Nullable Object> content(Audited event) {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("name", event.subject().name());
        content.put("before", Facts.different(event.before(), event.after()));
        content.put("after", Facts.different(event.after(), event.before()));
        return content;
    }

    /** Whose organizations keep what belongs to none. */
    private static @Nullable UUID person(Audited event) {
        if (event.organization() != null || !event.subject().type().equals("user")) {
            return null;
        }
        try {
            return UUID.fromString(event.subject().id());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
