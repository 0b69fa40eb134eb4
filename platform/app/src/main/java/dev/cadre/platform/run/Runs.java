package dev.cadre.platform.run;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.run.internal.journal.TaskEntry;
import dev.cadre.platform.run.internal.work.Pausing;
import dev.cadre.platform.run.internal.work.RunActions;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** An organization's runs and tasks: reads the journal, cancels and retries. */
@Service
public class Runs {

    private static final String RUN_COLUMNS = """
            id, workflow_id, workflow_name, workflow_version, workflow_revision, status, paused_at, priority, trigger_use, input, output, error,
            started_at, ended_at, input_tokens, output_tokens, cost, parent_run_id, path""";

    private static final String TASK_COLUMNS = """
            id, run_id, element_id, parent_id, call_id, iteration, name, step_type, status, attempt, max_attempts, input, output, error,
            started_at, ended_at, next_attempt_at, input_tokens, output_tokens, cost,
            case when step_type = 'call' then
              (select called.id from run called where called.parent_task_id = task.id order by called.id desc limit 1)
            end as called_run_id""";

    private final JdbcClient jdbc;
    private final RunActions actions;
    private final Pausing pausing;

    Runs(JdbcClient jdbc, RunActions actions, Pausing pausing) {
        this.jdbc = jdbc;
        this.actions = actions;
        this.pausing = pausing;
    }

    public Run get(OrganizationId organization, RunId id) {
        return find(organization, id).orElseThrow(RunException::notFound);
    }

    /** Whether there is such a run and the caller may see it. */
    public boolean isInSight(OrganizationId organization, RunId id) {
        return jdbc.sql("select true from run where organization_id = ? and id = ?")
                .params(organization.value(), id.value())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public Optional<Run> find(OrganizationId organization, RunId id) {
        return jdbc.sql("select " + RUN_COLUMNS + " from run where organization_id = ? and id = ?")
                .params(organization.value(), id.value())
                .query((row, _) -> run(row, true))
                .optional();
    }

    /** At most {@code rows} runs, newest first, without their paths. */
    public List<Run> list(OrganizationId organization, RunFilter filter, int rows) {
        var sql = new StringBuilder("select " + RUN_COLUMNS + " from run where organization_id = ?");
        var values = new ArrayList<>(List.<Object>of(organization.value()));
        if (Walls.hideProjects()) {
            // the wall looks up each row's workflow; in a list of those in sight it is found ten times faster
            sql.append(" and workflow_id = any (array(select id from workflow where organization_id = ?))");
            values.add(organization.value());
        }
        condition(
                sql,
                values,
                " and workflow_id = ?",
                filter.workflow() == null ? null : filter.workflow().value());
        condition(
                sql,
                values,
                " and status = ?",
                filter.status() == null ? null : filter.status().text());
        condition(
                sql,
                values,
                " and started_at >= ?",
                filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC));
        condition(
                sql,
                values,
                " and started_at < ?",
                filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
        condition(
                sql,
                values,
                " and id < ?",
                filter.before() == null ? null : filter.before().value());
        if (filter.text() != null) {
            sql.append(" and (strpos(lower(workflow_name), lower(?)) > 0 or starts_with(id::text, lower(?)))");
            values.add(filter.text());
            values.add(filter.text());
        }
        var project = filter.project();
        if (project == null) {
            sql.append(" order by id desc limit ").append(rows);
        } else {
            ofProject(sql, values, organization, project, rows);
        }
        return jdbc.sql(sql.toString())
                .params(values)
                .query((row, _) -> run(row, false))
                .list();
    }

    /**
     * The newest of each of its workflows, of these the newest: a project whose last run is long ago is not looked for in all
     * that others ran since. Their ids come out of an index alone; all else is read of those that are shown.
     */
    private static void ofProject(
            StringBuilder sql, List<Object> values, OrganizationId organization, ProjectId project, int rows) {
        var whole = "select " + RUN_COLUMNS + " from run where organization_id = ?";
        sql.replace(
                0,
                whole.length(),
                whole
                        + " and id = any (array(select newest.id from workflow w cross join lateral ("
                        + "select run.id from run where organization_id = ?");
        values.addFirst(organization.value());
        sql.append(" and run.workflow_id = w.id order by run.id desc limit ")
                .append(rows)
                .append(") newest where w.organization_id = ? and w.project_id = ? order by newest.id desc limit ")
                .append(rows)
                .append(")) order by id desc");
        values.add(organization.value());
        values.add(project.value());
    }

    private static void condition(StringBuilder sql, List<Object> values, String text, @Nullable Object value) {
        if (value != null) {
            sql.append(text);
            values.add(value);
        }
    }

    /** A run's tasks in the order in which they began. */
    public List<Task> tasks(OrganizationId organization, RunId run) {
        get(organization, run);
        return jdbc.sql(
                        "select " + TASK_COLUMNS
                                + " from task where organization_id = ? and run_id = ? and step_type <> ? order by started_at, id")
                .params(organization.value(), run.value(), TaskEntry.TIME_LIMIT)
                .query((row, _) -> task(row))
                .list();
    }

    public Task task(OrganizationId organization, TaskId id) {
        var task = jdbc.sql("select " + TASK_COLUMNS + " from task where organization_id = ? and id = ?")
                .params(organization.value(), id.value())
                .query((row, _) -> task(row))
                .optional()
                .orElseThrow(RunException::taskNotFound);
        var turns = turns(organization, id);
        return turns.isEmpty() ? task : task.with(turns);
    }

    public List<TaskLogLine> logs(OrganizationId organization, TaskId id) {
        task(organization, id);
        return jdbc.sql(
                        "select at, level, message from task_log where organization_id = ? and task_id = ? order by seq")
                .params(organization.value(), id.value())
                .query((row, _) ->
                        new TaskLogLine(instant(row, "at"), row.getString("level"), row.getString("message")))
                .list();
    }

    /** The saved revision of the workflow that the run uses. */
    public record Drawn(WorkflowId workflow, int revision) {}

    public Drawn drawn(OrganizationId organization, RunId id) {
        var run = get(organization, id);
        return new Drawn(run.workflowId(), run.workflowRevision());
    }

    /** Ends the run and everything that works for it; {@code undo} runs the compensations of what has succeeded first. */
    public Run cancel(OrganizationId organization, RunId id, boolean undo) {
        actions.cancel(organization, id, undo, audited("run.cancelled", organization, id, Map.of("compensated", undo)));
        return get(organization, id);
    }

    private Audited audited(String action, OrganizationId organization, RunId id, Map<String, ?> what) {
        var run = get(organization, id);
        return Audited.of(organization, action, Subject.of("run", id, run.workflowName()), what);
    }

    /** Moves a failed run on from where it failed, keeping finished results. */
    public Run retry(OrganizationId organization, RunId id, Map<String, Object> variables) {
        var corrected = List.copyOf(variables.keySet());
        actions.retry(
                organization, id, variables, audited("run.retried", organization, id, Map.of("corrected", corrected)));
        return get(organization, id);
    }

    /** Nothing new begins until the run is resumed; what is at work finishes. */
    public Run pause(OrganizationId organization, RunId id) {
        pausing.pause(organization, id, audited("run.paused", organization, id, Map.of()));
        return get(organization, id);
    }

    /** Lets a paused run go on. */
    public Run resume(OrganizationId organization, RunId id) {
        pausing.resume(organization, id, audited("run.resumed", organization, id, Map.of()));
        return get(organization, id);
    }

    private List<Task.AgentTurn> turns(OrganizationId organization, TaskId task) {
        return jdbc.sql("""
                        select seq, model, message, input_tokens, output_tokens, cost, at from agent_turn
                        where organization_id = ? and task_id = ? order by seq""")
                .params(organization.value(), task.value())
                .query((row, _) -> turn(row))
                .list();
    }

    private static Task.AgentTurn turn(ResultSet row) throws SQLException {
        var message = Json.readMap(row.getString("message"));
        var calls = new ArrayList<Task.ToolCall>();
        if (message.get("toolCalls") instanceof List<?> list) {
            for (var call : list) {
                if (call instanceof Map<?, ?> values) {
                    calls.add(new Task.ToolCall(
                            String.valueOf(values.get("id")),
                            String.valueOf(values.get("tool")),
                            values.get("arguments")));
                }
            }
        }
        return new Task.AgentTurn(
                row.getInt("seq"),
                row.getString("model"),
                String.valueOf(message.getOrDefault("text", "")),
                calls,
                usage(row),
                instant(row, "at"));
    }

    private static Run run(ResultSet row, boolean whole) throws SQLException {
        var started = instant(row, "started_at");
        var ended = optionalInstant(row, "ended_at");
        var parent = row.getObject("parent_run_id", UUID.class);
        return new Run(
                new RunId(row.getObject("id", UUID.class)),
                new WorkflowId(row.getObject("workflow_id", UUID.class)),
                row.getString("workflow_name"),
                row.getObject("workflow_version", Integer.class),
                row.getInt("workflow_revision"),
                null,
                RunStatus.of(row.getString("status")),
                row.getObject("paused_at") != null,
                row.getInt("priority"),
                new Run.TriggeredBy(row.getString("trigger_use")),
                Json.read(row.getString("input")),
                Json.read(row.getString("output")),
                runError(row.getString("error")),
                started,
                ended,
                millis(started, ended),
                usage(row),
                parent == null ? null : new RunId(parent),
                whole ? path(row.getString("path"), started) : null);
    }

    private static Run.@Nullable RunError runError(@Nullable String json) {
        if (json == null) {
            return null;
        }
        var values = Json.readMap(json);
        return new Run.RunError(
                String.valueOf(values.get("code")),
                String.valueOf(values.get("message")),
                values.get("elementId") instanceof String element ? Node.drawn(element) : null,
                (String) values.get("taskId"));
    }

    private static List<Run.FlowTaken> path(String text, Instant started) {
        var path = new ArrayList<Run.FlowTaken>();
        for (var taken : text.split(";")) {
            int at = taken.lastIndexOf('@');
            if (at > 0) {
                path.add(new Run.FlowTaken(
                        taken.substring(0, at), started.plusMillis(Long.parseLong(taken.substring(at + 1)))));
            }
        }
        return path;
    }

    private static Task task(ResultSet row) throws SQLException {
        var started = instant(row, "started_at");
        var ended = optionalInstant(row, "ended_at");
        var parent = row.getObject("parent_id", UUID.class);
        var error = row.getString("error");
        var errorValues = Json.readMap(error);
        var called = row.getObject("called_run_id", UUID.class);
        return new Task(
                new TaskId(row.getObject("id", UUID.class)),
                new RunId(row.getObject("run_id", UUID.class)),
                Node.drawn(row.getString("element_id")),
                parent == null ? null : new TaskId(parent),
                row.getString("call_id"),
                row.getString("iteration"),
                row.getString("name"),
                row.getString("step_type"),
                RunStatus.of(row.getString("status")),
                row.getInt("attempt"),
                row.getInt("max_attempts"),
                Json.read(row.getString("input")),
                Json.read(row.getString("output")),
                error == null
                        ? null
                        : new StepError(
                                String.valueOf(errorValues.get("code")), String.valueOf(errorValues.get("message"))),
                started,
                ended,
                millis(started, ended),
                optionalInstant(row, "next_attempt_at"),
                called == null ? null : new RunId(called),
                usage(row),
                null);
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return Usage.of(row.getLong("input_tokens"), row.getLong("output_tokens"), row.getBigDecimal("cost"));
    }

    private static @Nullable Long millis(Instant started, @Nullable Instant ended) {
        return ended == null ? null : Duration.between(started, ended).toMillis();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
