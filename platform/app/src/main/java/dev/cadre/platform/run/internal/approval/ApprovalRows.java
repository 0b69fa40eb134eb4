package dev.cadre.platform.run.internal.approval;

import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what people are asked, out of the journal. */
@Component
public class ApprovalRows {

    /** A task of the step {@code approval} as the journal has it. */
    public record Row(
            TaskId id,
            RunId run,
            WorkflowId workflow,
            String workflowName,
            String elementId,
            String status,
            Map<String, Object> input,
            Map<String, Object> output,
            @Nullable UUID startedBy,
            Instant askedAt,
            @Nullable Instant dueAt) {}

    private static final String SELECT = """
            select t.id, t.run_id, r.workflow_id, r.workflow_name, t.element_id, t.status, t.input, t.output, r.started_by,
              t.started_at, l.due_at
            from task t join run r on r.id = t.run_id left join lease l on l.task_id = t.id
            where t.organization_id = ? and t.step_type = 'approval'""";

    private final JdbcClient jdbc;

    ApprovalRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At most {@code count} rows older than {@code before}, newest first; {@code open} null for all. */
    public List<Row> list(OrganizationId organization, @Nullable Boolean open, @Nullable TaskId before, int count) {
        var status = open == null ? "" : open ? " and t.status = 'waiting'" : " and t.status <> 'waiting'";
        return jdbc.sql(SELECT + status + " and t.id < ? order by t.id desc limit " + count)
                .params(organization.value(), before == null ? new UUID(-1, -1) : before.value())
                .query((row, _) -> row(row))
                .list();
    }

    public Optional<Row> find(OrganizationId organization, TaskId id) {
        return jdbc.sql(SELECT + " and t.id = ?")
                .params(organization.value(), id.value())
                .query((row, _) -> row(row))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        var due = row.getObject("due_at", OffsetDateTime.class);
        return new Row(
                new TaskId(row.getObject("id", UUID.class)),
                new RunId(row.getObject("run_id", UUID.class)),
                new WorkflowId(row.getObject("workflow_id", UUID.class)),
                row.getString("workflow_name"),
                row.getString("element_id"),
                row.getString("status"),
                Json.readMap(row.getString("input")),
                Json.readMap(row.getString("output")),
                row.getObject("started_by", UUID.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                due == null ? null : due.toInstant());
    }
}
