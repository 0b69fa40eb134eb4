package dev.cadre.platform.run.internal.event;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who waits for messages and signals: read from the journal, which has a task for each wait. */
@Component
class Waits {

    /** A task that waits. */
    record Wait(OrganizationId organization, RunId run, TaskId task, String element, String name) {}

    private static final String SELECT = """
            select id, run_id, organization_id, element_id, input ->> 'name' as name from task
            where status = 'waiting' and step_type = ?""";

    private final JdbcClient jdbc;

    Waits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that waited for the signal at the given time. */
    List<Wait> signal(OrganizationId organization, String name, Instant at) {
        return jdbc.sql(SELECT + " and organization_id = ? and input ->> 'name' = ? and started_at <= ? order by id")
                .params(EventSteps.SIGNAL, organization.value(), name, at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> wait(row))
                .list();
    }

    /** Those that wait for the message with the key, the one that has waited longest first. */
    List<Wait> message(OrganizationId organization, String name, @Nullable String key) {
        return jdbc.sql(SELECT + """
                         and organization_id = ? and input ->> 'name' = ? and coalesce(input ->> 'key', '') = ?
                        order by id limit 20""")
                .params(EventSteps.MESSAGE, organization.value(), name, key == null ? "" : key)
                .query((row, _) -> wait(row))
                .list();
    }

    /** Those of a workflow's published versions, as {@link #message}, that wait for one of several messages. */
    List<Wait> correlated(OrganizationId organization, WorkflowId workflow, Set<String> names, String key) {
        return jdbc.sql(SELECT + """
                         and organization_id = ? and input ->> 'name' = any (?) and coalesce(input ->> 'key', '') = ?
                        and exists (select 1 from run where run.id = task.run_id and run.workflow_id = ?
                            and run.workflow_version is not null)
                        order by id limit 20""")
                .params(EventSteps.MESSAGE, organization.value(), names.toArray(String[]::new), key, workflow.value())
                .query((row, _) -> wait(row))
                .list();
    }

    /** The messages that a run waits for. */
    List<Wait> of(RunId run) {
        return jdbc.sql(SELECT + " and run_id = ? order by id")
                .params(EventSteps.MESSAGE, run.value())
                .query((row, _) -> wait(row))
                .list();
    }

    /** The run that the message with the id was told before; empty where it was not. */
    Optional<RunId> told(OrganizationId organization, String messageId) {
        return jdbc.sql("""
                        select run_id from task where organization_id = ? and step_type = ? and status = 'succeeded'
                        and output ->> 'messageId' = ? limit 1""")
                .params(organization.value(), EventSteps.MESSAGE, messageId)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .optional();
    }

    private static Wait wait(ResultSet row) throws SQLException {
        return new Wait(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                new RunId(row.getObject("run_id", UUID.class)),
                new TaskId(row.getObject("id", UUID.class)),
                row.getString("element_id"),
                row.getString("name"));
    }
}
