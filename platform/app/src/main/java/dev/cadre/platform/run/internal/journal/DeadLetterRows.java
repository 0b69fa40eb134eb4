package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.DeadLetter;
import dev.cadre.platform.run.DeadLetterFilter;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what waits for a person out of the journal: failed runs that no other run waits for, and undecided tasks. */
@Component
public class DeadLetterRows {

    private static final String ALL = """
            select * from (
              select r.id, 'FAILED_RUN' as kind, r.id as run_id, (r.error ->> 'taskId')::uuid as task_id, r.workflow_id,
                r.workflow_name, r.error ->> 'elementId' as element_id, r.error ->> 'code' as code,
                r.error ->> 'message' as message, coalesce(r.ended_at, r.started_at) as since,
                coalesce((select attempt from task where id = (r.error ->> 'taskId')::uuid), 0) as attempts
              from run r where r.organization_id = :organization and r.status = 'failed' and r.parent_run_id is null
              union all
              select t.id, 'UNKNOWN_OUTCOME', t.run_id, t.id, r.workflow_id, r.workflow_name, t.element_id, t.error ->> 'code',
                t.error ->> 'message', t.started_at, t.attempt
              from task t join run r on r.id = t.run_id
              where t.organization_id = :organization and t.status = 'waiting' and t.error ->> 'code' = 'OUTCOME_UNKNOWN'
            ) as letter where true""";

    private final JdbcClient jdbc;

    DeadLetterRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At most {@code count}, the newest first, behind {@code since} and {@code id}. */
    public List<DeadLetter> list(
            OrganizationId organization,
            DeadLetterFilter filter,
            @Nullable Instant since,
            @Nullable UUID id,
            int count) {
        var sql = new StringBuilder(ALL);
        var workflow = filter.workflowId();
        var names = new ArrayList<String>();
        var values = new ArrayList<Object>();
        condition(sql, names, values, "workflow_id = :workflow", workflow == null ? null : workflow.value());
        condition(sql, names, values, "code = :code", filter.code());
        condition(sql, names, values, "element_id = :element", filter.elementId());
        condition(sql, names, values, "since >= :from", time(filter.from()));
        condition(sql, names, values, "since < :to", time(filter.to()));
        if (since != null && id != null) {
            condition(sql, names, values, "(since, id) < (:since, :id)", time(since));
            names.add("id");
            values.add(id);
        }
        var statement = jdbc.sql(
                        sql.append(" order by since desc, id desc limit :count").toString())
                .param("organization", organization.value())
                .param("count", count);
        for (int i = 0; i < names.size(); i++) {
            statement = statement.param(names.get(i), values.get(i));
        }
        return statement.query(DeadLetterRows::letter).list();
    }

    private static void condition(
            StringBuilder sql, List<String> names, List<Object> values, String text, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(text);
            int name = text.indexOf(':') + 1;
            names.add(text.substring(name).replaceFirst("\\W.*", ""));
            values.add(value);
        }
    }

    private static @Nullable Object time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** The tasks of a run that wait for a decision. */
    public List<TaskId> undecided(OrganizationId organization, RunId run) {
        return jdbc.sql("""
                        select id from task where organization_id = ? and run_id = ? and status = 'waiting'
                        and error ->> 'code' = 'OUTCOME_UNKNOWN' order by id""")
                .params(organization.value(), run.value())
                .query((row, _) -> new TaskId(row.getObject("id", UUID.class)))
                .list();
    }

    public boolean isFailed(OrganizationId organization, RunId run) {
        return jdbc.sql("select count(*) from run where organization_id = ? and id = ? and status = 'failed'")
                        .params(organization.value(), run.value())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private static DeadLetter letter(ResultSet row, int number) throws SQLException {
        var task = row.getObject("task_id", UUID.class);
        return new DeadLetter(
                row.getObject("id", UUID.class),
                DeadLetter.Kind.valueOf(row.getString("kind")),
                new RunId(row.getObject("run_id", UUID.class)),
                task == null ? null : new TaskId(task),
                new WorkflowId(row.getObject("workflow_id", UUID.class)),
                row.getString("workflow_name"),
                row.getString("element_id"),
                row.getString("code"),
                row.getString("message"),
                RunStates.instant(row, "since"),
                row.getInt("attempts"));
    }
}
