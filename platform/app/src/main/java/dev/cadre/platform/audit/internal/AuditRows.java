package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final String COLUMNS =
            "id, at, actor_kind, actor_id, origin, action, subject_type, subject_id, content, position, hash";

    /** Ids begin with their time, as the node had it that wrote the event; so near to its time are they at least. */
    private static final Duration ASIDE = Duration.ofDays(1);

    /** There are no events of before, and no ids of after. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public List<Event> list(OrganizationId organization, Filter filter, Optional<UUID> before, int limit) {
        var sql = new StringBuilder("select " + COLUMNS + " from audit_event where organization_id = ?");
        var values = new ArrayList<>(List.<Object>of(organization.value()));
        if (filter.actor() != null) {
            sql.append(" and actor_id = ?");
            values.add(filter.actor());
        }
        if (filter.from() != null) {
            sql.append(" and at >= ? and id >= ?");
            values.add(Timestamp.from(filter.from()));
            values.add(Ids.from(withinIds(filter.from()).minus(ASIDE)));
        }
        if (filter.to() != null) {
            sql.append(" and at < ? and id < ?");
            values.add(Timestamp.from(filter.to()));
            values.add(Ids.from(withinIds(filter.to()).plus(ASIDE)));
        }
        before.ifPresent(last -> {
            sql.append(" and id < ?");
            values.add(last);
        });
        if (filter.action() != null) {
            var actions = actions(organization, filter.action());
            if (actions.isEmpty()) {
                return List.of();
            }
            if (filter.actor() == null) {
                newestOfEach(sql, limit);
                values.addFirst(actions.toArray(String[]::new));
            } else {
                sql.append(" and action = any (?)");
                values.add(actions.toArray(String[]::new));
            }
        }
        return jdbc.sql(sql.append(" order by id desc limit ").append(limit).toString())
                .params(values)
                .query(this::event)
                .list();
    }

    /** In the order of the chain. */
    List<Event> chained(OrganizationId organization, long behind, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + " from audit_event where organization_id = ? and position > ? order by position limit ?")
                .param(organization.value())
                .param(behind)
                .param(limit)
                .query(this::event)
                .list();
    }

    private static Instant withinIds(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    /** The newest of each action, of these the newest: what hardly ever happens is not looked for in all that did since. */
    private static void newestOfEach(StringBuilder sql, int limit) {
        sql.insert(0, "select of_action.* from unnest(?) as wanted (action) cross join lateral (");
        sql.append(" and audit_event.action = wanted.action order by id desc limit ")
                .append(limit)
                .append(") of_action");
    }

    /** Those that there are in the log, each looked up behind the one before: there are few, of which there are very many. */
    private List<String> actions(OrganizationId organization, String begin) {
        return jdbc.sql("""
                        with recursive known (action) as (
                          (select action from audit_event where organization_id = :organization order by action limit 1)
                          union all
                          select (select e.action from audit_event e
                            where e.organization_id = :organization and e.action > known.action order by e.action limit 1)
                          from known where known.action is not null)
                        select action from known where action = :begin or starts_with(action, :begin || '.')""")
                .param("organization", organization.value())
                .param("begin", begin)
                .query((row, _) -> row.getString(1))
                .list();
    }

    public Optional<Event> find(OrganizationId organization, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from audit_event where organization_id = ? and id = ?")
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
