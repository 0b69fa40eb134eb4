package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the log as people ask for it, the newest event first. */
@Component
public class AuditRows {

    /**
     * Which events.
     *
     * @param action {@code member.removed}, or {@code member} for all that happens to members
     */
    public record Filter(
            @Nullable UUID actor,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** An event; names of people are not in it. */
    public record Event(
            UUID id,
            Instant at,
            String actorKind,
            @Nullable UUID actorId,
            Map<String, Object> origin,
            String action,
            String subjectType,
            String subjectId,
            Map<String, Object> content,
            @Nullable Long position,
            @Nullable String hash) {

        public @Nullable String origin(String what) {
            return origin.get(what) instanceof String text ? text : null;
        }

        public @Nullable String subjectName() {
            return content.get("name") instanceof String text ? text : null;
        }

        @SuppressWarnings("unchecked")
        public Map<String, Object> state(String when) {
            return content.get(when) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        }
    }

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public List<Event> list(OrganizationId organization, Filter filter, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                        select id, at, actor_kind, actor_id, origin, action, subject_type, subject_id, content, position, hash
                        from audit_event where organization_id = :organization
                        and (cast(:actor as uuid) is null or actor_id = :actor)
                        and (cast(:action as text) is null or action = :action or starts_with(action, :action || '.'))
                        and (cast(:from as timestamptz) is null or at >= :from)
                        and (cast(:to as timestamptz) is null or at < :to)
                        and (cast(:before as uuid) is null or id < :before)
                        order by id desc limit :limit""")
                .param("organization", organization.value())
                .param("actor", filter.actor())
                .param("action", filter.action())
                .param("from", filter.from() == null ? null : Timestamp.from(filter.from()))
                .param("to", filter.to() == null ? null : Timestamp.from(filter.to()))
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query(this::event)
                .list();
    }

    public Optional<Event> find(OrganizationId organization, UUID id) {
        return jdbc.sql("""
                        select id, at, actor_kind, actor_id, origin, action, subject_type, subject_id, content, position, hash
                        from audit_event where organization_id = ? and id = ?""")
                .param(organization.value())
                .param(id)
                .query(this::event)
                .optional();
    }

    private Event event(ResultSet row, int number) throws SQLException {
        var hash = row.getBytes("hash");
        return new Event(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("actor_kind"),
                row.getObject("actor_id", UUID.class),
                object(row.getString("origin")),
                row.getString("action"),
                row.getString("subject_type"),
                row.getString("subject_id"),
                object(row.getString("content")),
                row.getObject("position", Long.class),
                hash == null ? null : HexFormat.of().formatHex(hash));
    }

    private Map<String, Object> object(@Nullable String text) {
        return text == null ? Map.of() : json.readValue(text, OBJECT);
    }
}
