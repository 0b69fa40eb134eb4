package dev.cadre.platform.workflow.internal.storage;

import dev.cadre.platform.organization.ProjectContents;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.WorkflowSummary;
import dev.cadre.platform.workflow.WorkflowSummary.Trigger;
import dev.cadre.platform.workflow.WorkflowVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes workflows, always within one organization. */
@Repository
public class WorkflowRows implements ProjectContents {

    private static final String SUMMARY = """
            select id, name, description, revision, published_version, published_revision,
                   trigger_use, trigger_path, project_id, created_at, updated_at
              from workflow
             where organization_id = :organization and deleted_at is null
            """;

    /** A save as it was drawn. */
    public record Revision(String name, String bpmnXml) {}

    /** What is live of a workflow. */
    public record Live(WorkflowId workflow, String name, int revision) {}

    /** What is saved. */
    public record Content(
            String name,
            String description,
            String bpmnXml,
            @Nullable Trigger trigger) {}

    private final JdbcClient jdbc;

    WorkflowRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<WorkflowSummary> find(OrganizationId organization, WorkflowId id, boolean lock) {
        return jdbc.sql(SUMMARY + " and id = :id" + (lock ? " for update" : ""))
                .param("organization", organization.value())
                .param("id", id.value())
                .query(WorkflowRows::summary)
                .optional();
    }

    /** The newest first; {@code after} is the time and id of the last one before. */
    public List<WorkflowSummary> list(
            OrganizationId organization, @Nullable ProjectId project, String search, List<String> after, int rows) {
        var sql = new StringBuilder(SUMMARY);
        if (project != null) {
            sql.append(" and project_id = :project");
        }
        if (!search.isBlank()) {
            sql.append(" and (position(lower(:search) in lower(name)) > 0")
                    .append(" or position(lower(:search) in lower(description)) > 0)");
        }
        if (!after.isEmpty()) {
            sql.append(" and (updated_at, id) < (:time::timestamptz, :id::uuid)");
        }
        var statement = jdbc.sql(sql.append(" order by updated_at desc, id desc limit :rows")
                        .toString())
                .param("organization", organization.value())
                .param("rows", rows);
        if (project != null) {
            statement = statement.param("project", project.value());
        }
        if (!search.isBlank()) {
            statement = statement.param("search", search.strip());
        }
        if (!after.isEmpty()) {
            statement = statement.param("time", after.get(0)).param("id", after.get(1));
        }
        return statement.query(WorkflowRows::summary).list();
    }

    public void insert(
            OrganizationId organization, @Nullable ProjectId project, WorkflowId id, Content content, UserId by) {
        var trigger = content.trigger();
        jdbc.sql("""
                insert into workflow (id, organization_id, name, description, revision, trigger_use, trigger_path, project_id)
                values (?, ?, ?, ?, 1, ?, ?, ?)
                """)
                .params(id.value(), organization.value(), content.name(), content.description())
                .param(trigger == null ? null : trigger.use())
                .param(trigger == null ? null : trigger.path())
                .param(project == null ? null : project.value())
                .update();
        insertRevision(organization, id, 1, content, by);
    }

    /** Saves as the next revision; false when {@code revision} is no longer the last one. */
    public boolean update(OrganizationId organization, WorkflowId id, int revision, Content content, UserId by) {
        var trigger = content.trigger();
        int updated = jdbc.sql("""
                update workflow
                   set name = ?, description = ?, trigger_use = ?, trigger_path = ?,
                       revision = revision + 1, updated_at = clock_timestamp()
                 where id = ? and organization_id = ? and revision = ? and deleted_at is null
                """)
                .params(content.name(), content.description())
                .param(trigger == null ? null : trigger.use())
                .param(trigger == null ? null : trigger.path())
                .params(id.value(), organization.value(), revision)
                .update();
        if (updated == 1) {
            insertRevision(organization, id, revision + 1, content, by);
        }
        return updated == 1;
    }

    private void insertRevision(OrganizationId organization, WorkflowId id, int revision, Content content, UserId by) {
        jdbc.sql("""
                insert into workflow_revision
                       (workflow_id, revision, organization_id, name, description, bpmn_xml, saved_by)
                values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(id.value(), revision, organization.value(), content.name(), content.description())
                .params(content.bpmnXml(), by.value())
                .update();
    }

    public void move(OrganizationId organization, WorkflowId id, @Nullable ProjectId project) {
        jdbc.sql(
                        "update workflow set project_id = ?, updated_at = clock_timestamp() where organization_id = ? and id = ?")
                .param(project == null ? null : project.value())
                .param(organization.value())
                .param(id.value())
                .update();
    }

    /**
     * Live versions that may name a connection and would lose it if it moved: from the whole organization those outside of the
     * project, from another project that one's. A drawing may write a name in many ways; by which it surely does not is left out.
     */
    public List<Live> liveThatMayName(
            OrganizationId organization, String name, String id, @Nullable ProjectId from, ProjectId to) {
        return jdbc.sql("""
                select w.id, w.name, w.published_revision from workflow w
                  join workflow_revision r on r.workflow_id = w.id and r.revision = w.published_revision
                 where w.organization_id = :organization and w.deleted_at is null
                   and case when cast(:from as uuid) is null then w.project_id is distinct from cast(:to as uuid)
                       else w.project_id = cast(:from as uuid) end
                   and (position(:name in r.bpmn_xml) > 0 or position(:id in lower(r.bpmn_xml)) > 0 or position('&' in r.bpmn_xml) > 0)
                 order by w.name, w.id
                """)
                .param("organization", organization.value())
                .param("name", name)
                .param("id", id)
                .param("from", from == null ? null : from.value(), Types.OTHER)
                .param("to", to.value())
                .query((row, _) -> new Live(
                        new WorkflowId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        row.getInt("published_revision")))
                .list();
    }

    /** Whether there is such a workflow, deleted or not, and the caller may see it. */
    public boolean isInSight(OrganizationId organization, WorkflowId id) {
        return jdbc.sql("select true from workflow where organization_id = ? and id = ?")
                .params(organization.value(), id.value())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** The project of a workflow, deleted or not; empty where it is of the whole organization, or not saved yet. */
    public Optional<ProjectId> project(OrganizationId organization, WorkflowId id) {
        return jdbc.sql(
                        "select project_id from workflow where organization_id = ? and id = ? and project_id is not null")
                .params(organization.value(), id.value())
                .query((row, number) -> new ProjectId(row.getObject(1, UUID.class)))
                .optional();
    }

    @Override
    public String kind() {
        return "workflow";
    }

    @Override
    public Map<ProjectId, Integer> counts(OrganizationId organization) {
        var counts = new HashMap<ProjectId, Integer>();
        jdbc.sql("""
                        select project_id, count(*)::int as workflows from workflow
                        where organization_id = ? and project_id is not null and deleted_at is null group by 1""").param(organization.value()).query(row -> {
            counts.put(new ProjectId(row.getObject("project_id", UUID.class)), row.getInt("workflows"));
        });
        return counts;
    }

    public boolean delete(OrganizationId organization, WorkflowId id, int revision) {
        return jdbc.sql("""
                        update workflow set deleted_at = clock_timestamp()
                         where id = ? and organization_id = ? and revision = ? and deleted_at is null
                        """).params(id.value(), organization.value(), revision).update() == 1;
    }

    /** A revision, of a deleted workflow too. */
    public Optional<Revision> revision(OrganizationId organization, WorkflowId id, int revision) {
        return jdbc.sql("""
                select name, bpmn_xml from workflow_revision
                 where organization_id = ? and workflow_id = ? and revision = ?
                """)
                .params(organization.value(), id.value(), revision)
                .query((row, number) -> new Revision(row.getString("name"), row.getString("bpmn_xml")))
                .optional();
    }

    /** A version, of a deleted workflow too. */
    public Optional<WorkflowVersion> version(OrganizationId organization, WorkflowId id, int version) {
        return jdbc.sql("""
                select version, revision, published_at, published_by from workflow_version
                 where organization_id = ? and workflow_id = ? and version = ?
                """)
                .params(organization.value(), id.value(), version)
                .query(WorkflowRows::version)
                .optional();
    }

    /** The newest first; {@code below} is the last one of the page before. */
    public List<WorkflowVersion> versions(OrganizationId organization, WorkflowId id, int below, int rows) {
        return jdbc.sql("""
                select version, revision, published_at, published_by from workflow_version
                 where organization_id = ? and workflow_id = ? and version < ?
                 order by version desc limit ?
                """)
                .params(organization.value(), id.value(), below, rows)
                .query(WorkflowRows::version)
                .list();
    }

    public void publish(OrganizationId organization, WorkflowId id, int version, int revision, UserId by) {
        jdbc.sql("""
                insert into workflow_version (workflow_id, version, organization_id, revision, published_by)
                values (?, ?, ?, ?, ?)
                """)
                .params(id.value(), version, organization.value(), revision, by.value())
                .update();
        jdbc.sql("""
                update workflow set published_version = ?, published_revision = ?
                 where id = ? and organization_id = ?
                """)
                .params(version, revision, id.value(), organization.value())
                .update();
    }

    private static @Nullable ProjectId project(ResultSet row) throws SQLException {
        var id = row.getObject("project_id", UUID.class);
        return id == null ? null : new ProjectId(id);
    }

    private static WorkflowSummary summary(ResultSet row, int number) throws SQLException {
        var use = row.getString("trigger_use");
        return new WorkflowSummary(
                new WorkflowId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("description"),
                row.getInt("revision"),
                row.getObject("published_version", Integer.class),
                row.getObject("published_revision", Integer.class),
                use == null ? null : new Trigger(use, row.getString("trigger_path")),
                project(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static WorkflowVersion version(ResultSet row, int number) throws SQLException {
        return new WorkflowVersion(
                row.getInt("version"),
                row.getInt("revision"),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                new UserId(row.getObject("published_by", UUID.class)));
    }
}
