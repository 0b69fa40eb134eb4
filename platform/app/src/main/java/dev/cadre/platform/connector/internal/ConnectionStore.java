package dev.cadre.platform.connector.internal;

import dev.cadre.platform.organization.ProjectContents;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.WorkflowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The connections in the database. */
@Component
public class ConnectionStore implements ProjectContents {

    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};
    /** Goes before a change, as part of its statement. */
    private static final String CHANGING =
            "with changing as (update connection_generation set generation = generation + 1) ";

    private static final String COLUMNS =
            "id, organization_id, name, type, settings, secrets, tokens, revision, project_id, created_at, updated_at";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ConnectionStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<ConnectionRow> find(OrganizationId organization, ConnectionId id) {
        return jdbc.sql("select " + COLUMNS + " from connection where organization_id = ? and id = ?")
                .param(organization.value())
                .param(id.value())
                .query(this::row)
                .optional();
    }

    /** A name that looks like an id names the connection with that id first. */
    public Optional<ConnectionRow> find(OrganizationId organization, String nameOrId) {
        return jdbc.sql(
                        "select " + COLUMNS + " from connection where organization_id = :organization"
                                + " and (name = :name or id::text = lower(:name)) order by id::text = lower(:name) desc limit 1")
                .param("organization", organization.value())
                .param("name", nameOrId)
                .query(this::row)
                .optional();
    }

    /** As {@link #find(OrganizationId, String)}, if what belongs to the project may use it; null for the whole organization. */
    public Optional<ConnectionRow> find(OrganizationId organization, @Nullable ProjectId project, String nameOrId) {
        return find(organization, nameOrId)
                .filter(row -> row.project() == null || row.project().equals(project));
    }

    /** As {@link #find(OrganizationId, String)}, if the workflow may use it where both belong now. */
    public Optional<ConnectionRow> find(OrganizationId organization, WorkflowId workflow, String nameOrId) {
        return jdbc.sql("select " + COLUMNS + " from connection where organization_id = :organization"
                        + " and (name = :name or id::text = lower(:name))"
                        + " and (project_id is null or project_id = project_of_workflow(:workflow))"
                        + " order by id::text = lower(:name) desc limit 1")
                .param("organization", organization.value())
                .param("name", nameOrId)
                .param("workflow", workflow.value())
                .query(this::row)
                .optional();
    }

    /** Sorted by name, those behind {@code after}; only those of the project unless it is null. */
    public List<ConnectionRow> list(
            OrganizationId organization, @Nullable ProjectId project, @Nullable String after, int limit) {
        return jdbc.sql("select " + COLUMNS + " from connection where organization_id = :organization"
                        + " and (cast(:project as uuid) is null or project_id = :project)"
                        + " and (cast(:after as text) is null or name > :after) order by name limit :limit")
                .param("organization", organization.value())
                .param("project", project == null ? null : project.value(), Types.OTHER)
                .param("after", after)
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** A number that grows with every change of what people entered. */
    long generation() {
        return jdbc.sql("select generation from connection_generation")
                .query(Long.class)
                .single();
    }

    void insert(ConnectionRow row) {
        var project = row.project();
        jdbc.sql(CHANGING + "insert into connection (id, organization_id, name, type, settings, secrets, project_id)"
                        + " values (?, ?, ?, ?, ?::json, ?, ?)")
                .param(row.id().value())
                .param(row.organization().value())
                .param(row.name())
                .param(row.type())
                .param(json.writeValueAsString(row.settings()))
                .param(row.secrets())
                .param(project == null ? null : project.value())
                .update();
    }

    void move(OrganizationId organization, ConnectionId id, @Nullable ProjectId project) {
        jdbc.sql(
                        CHANGING
                                + "update connection set project_id = ?, updated_at = now() where organization_id = ? and id = ?")
                .param(project == null ? null : project.value())
                .param(organization.value())
                .param(id.value())
                .update();
    }

    /** What may use which connection has changed: whoever keeps some in memory reads them anew. */
    public void changed() {
        jdbc.sql("update connection_generation set generation = generation + 1").update();
    }

    @Override
    public String kind() {
        return "connection";
    }

    @Override
    public Map<ProjectId, Integer> counts(OrganizationId organization) {
        var counts = new HashMap<ProjectId, Integer>();
        jdbc.sql("""
                        select project_id, count(*)::int as connections from connection
                        where organization_id = ? and project_id is not null group by 1""").param(organization.value()).query(row -> {
            counts.put(new ProjectId(row.getObject("project_id", UUID.class)), row.getInt("connections"));
        });
        return counts;
    }

    /** Says whether the row still had its revision; {@code keepTokens} false forgets the authorization. */
    boolean update(ConnectionRow row, boolean keepTokens) {
        return jdbc.sql(CHANGING + "update connection set name = :name, settings = :settings::json, secrets = :secrets,"
                                + " tokens = case when :keep then tokens end, revision = revision + 1, updated_at = now()"
                                + " where organization_id = :organization and id = :id and revision = :revision")
                        .param("name", row.name())
                        .param("settings", json.writeValueAsString(row.settings()))
                        .param("secrets", row.secrets())
                        .param("keep", keepTokens)
                        .param("organization", row.organization().value())
                        .param("id", row.id().value())
                        .param("revision", row.revision())
                        .update()
                == 1;
    }

    boolean delete(OrganizationId organization, ConnectionId id) {
        return jdbc.sql(CHANGING + "delete from connection where organization_id = ? and id = ?")
                        .param(organization.value())
                        .param(id.value())
                        .update()
                == 1;
    }

    /** Stores the first tokens, for the connection as it was at the row's revision. */
    boolean tokens(ConnectionRow row, byte[] tokens) {
        return jdbc.sql("update connection set tokens = :tokens, refreshing_until = null"
                                + " where organization_id = :organization and id = :id and revision = :revision")
                        .param("tokens", tokens)
                        .param("organization", row.organization().value())
                        .param("id", row.id().value())
                        .param("revision", row.revision())
                        .update()
                == 1;
    }

    /** Replaces the row's tokens, unless others took their place meanwhile; null forgets them. */
    void replaceTokens(ConnectionRow row, byte @Nullable [] tokens) {
        jdbc.sql("update connection set tokens = :tokens, refreshing_until = null"
                        + " where organization_id = :organization and id = :id and tokens = :old")
                .param("tokens", tokens, Types.BINARY)
                .param("organization", row.organization().value())
                .param("id", row.id().value())
                .param("old", row.tokens())
                .update();
    }

    /** One of all who ask on all nodes may refresh; who gets false waits for that one. Nobody holds a connection meanwhile. */
    boolean beginRefresh(ConnectionRow row, Duration atMost) {
        return jdbc.sql("update connection set refreshing_until = now() + make_interval(secs => :seconds)"
                                + " where organization_id = :organization and id = :id"
                                + " and tokens = :tokens and (refreshing_until is null or refreshing_until < now())")
                        .param("seconds", atMost.toSeconds())
                        .param("organization", row.organization().value())
                        .param("id", row.id().value())
                        .param("tokens", row.tokens())
                        .update()
                == 1;
    }

    void endRefresh(ConnectionRow row) {
        jdbc.sql("update connection set refreshing_until = null where organization_id = ? and id = ?")
                .param(row.organization().value())
                .param(row.id().value())
                .update();
    }

    private ConnectionRow row(ResultSet rows, int number) throws SQLException {
        var project = rows.getObject("project_id", UUID.class);
        return new ConnectionRow(
                new ConnectionId(rows.getObject("id", UUID.class)),
                new OrganizationId(rows.getObject("organization_id", UUID.class)),
                rows.getString("name"),
                rows.getString("type"),
                json.readValue(rows.getString("settings"), VALUES),
                rows.getBytes("secrets"),
                rows.getBytes("tokens"),
                rows.getInt("revision"),
                project == null ? null : new ProjectId(project),
                rows.getTimestamp("created_at").toInstant(),
                rows.getTimestamp("updated_at").toInstant());
    }
}
