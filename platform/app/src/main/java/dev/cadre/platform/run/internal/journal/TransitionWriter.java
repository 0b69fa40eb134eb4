package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.run.ParentStep;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.RunPolicy;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * The only place that writes transitions: run, tasks, leases and logs in one statement. The statement divides by zero,
 * and so commits nothing, when the lease it stands on is gone or somebody else moved the run meanwhile.
 */
@Component
public class TransitionWriter {

    private static final String NOT_MINE = "22012";
    private static final SQLExceptionTranslator TRANSLATOR = new SQLStateSQLExceptionTranslator();

    /** Of runs of the usual priority. */
    private static final String START = start("", "", "", "");

    private static final String START_WITH_PRIORITY = start(", priority", ", x.priority", ", ?::int[]", ", priority");

    private static final String ROOT =
            ", (select coalesce(p.root_workflow_id, p.workflow_id) from run p where p.id = x.parent_run)";

    /** Of runs that others have called. */
    private static final String START_CALLED = start(", root_workflow_id", ROOT, "", "");

    private static final String START_CALLED_WITH_PRIORITY =
            start(", root_workflow_id, priority", ROOT + ", x.priority", ", ?::int[]", ", priority");

    private static String start(String column, String value, String array, String name) {
        return """
            with r as (insert into run (id, organization_id, workflow_id, workflow_revision, workflow_version, workflow_name,
              status, trigger_use, input, vars, output, error, path, started_by, started_at, ended_at, stuck,
              parent_run_id, parent_task_id%s)
              select x.id, ?, x.workflow, x.revision, x.version, x.name, x.status, x.use, x.input::json, x.vars::json,
                x.output::json, x.error::json, x.path, x.person, x.started, x.ended, x.stuck::json, x.parent_run, x.parent_task%s
              from unnest(?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::uuid[],
                ?::uuid[]%s)
                as x(id, workflow, revision, version, name, status, use, input, vars, output, error, path, person, started,
                  ended, stuck, parent_run, parent_task%s))""".formatted(column, value, array, name);
    }

    private static final String NEW_TASKS = """
            t as (insert into task (id, organization_id, run_id, element_id, iteration, visit, parent_id, call_id, name,
              step_type, status, attempt, max_attempts, input, output, error, execution_id, started_at, ended_at)
              select x.id, ?, x.run, x.element, x.iteration, x.visit, x.parent, x.call, x.name, x.type, x.status, x.attempt,
                x.attempts, x.input::json, x.output::json, x.error::json, x.execution, x.at, case when x.ended then x.at end
              from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::int[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
                ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[])
                as x(id, run, at, element, iteration, visit, parent, call, name, type, status, attempt, attempts, input, output, error,
                  execution, ended)%s)""";

    private static final String CHANGED_TASKS = """
            c as (update task k set status = x.status, attempt = x.attempt, output = x.output::json, error = x.error::json,
              input = coalesce(x.input::json, k.input),
              ended_at = x.ended, next_attempt_at = null, begun = null, held = null
              from unnest(?::timestamptz[], ?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[])
                as x(ended, id, status, attempt, output, error, input) where k.id = x.id%s)""";

    private static final String LEASES = """
            l as (insert into lease (task_id, organization_id, run_id, node, due_at)
              select x.id, ?, x.run, ?, x.due from unnest(?::uuid[], ?::uuid[], ?::timestamptz[]) as x(id, run, due)%s)""";

    private static final String LOGS = """
            g as (insert into task_log (task_id, organization_id, at, level, message)
              select x.id, ?, x.at, x.level, x.message
              from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[]) as x(id, at, level, message)%s)""";

    private final Node node;

    TransitionWriter(Node node) {
        this.node = node;
    }

    /** Somebody else has moved the run or taken the lease: nothing was written. */
    public static final class NotMine extends RuntimeException {
        NotMine(SQLException cause) {
            super(cause);
        }

        public NotMine() {
            super("The run was moved meanwhile");
        }
    }

    /** A run that has just started, and who started it if a person did. */
    public record Start(Transition transition, @Nullable UUID startedBy, int priority) {
        public Start(Transition transition, @Nullable UUID startedBy) {
            this(transition, startedBy, RunPolicy.USUAL_PRIORITY);
        }

        RunState run() {
            return transition.run();
        }
    }

    /** Writes runs of one organization that have just started, with all that their first moves made. */
    public void start(DataSource source, List<Start> starts) {
        var transitions = starts.stream().map(Start::transition).toList();
        boolean usual = starts.stream().allMatch(start -> start.priority() == RunPolicy.USUAL_PRIORITY);
        execute(source, startSql(starts, usual) + parts(transitions, ""), (statement, connection) -> {
            var values = new Binder(statement, connection);
            values.uuid(starts.getFirst().run().organization().value());
            values.uuids(starts, start -> start.run().id().value());
            values.uuids(starts, start -> definition(start).workflow().value());
            values.integers(starts, start -> definition(start).revision());
            values.integers(starts, start -> definition(start).version());
            values.texts(starts, start -> definition(start).name());
            values.texts(starts, start -> start.run().status().text());
            values.texts(starts, start -> start.run().triggerUse());
            values.texts(starts, start -> Json.text(start.run().trigger()));
            values.texts(starts, start -> Json.text(start.run().vars()));
            values.texts(starts, start -> Json.write(start.run().output()));
            values.texts(starts, start -> errorText(start.transition()));
            values.texts(starts, start -> start.transition().path());
            values.uuids(starts, Start::startedBy);
            values.times(starts, start -> start.run().startedAt());
            values.times(starts, start -> endedAt(start.transition()));
            values.texts(starts, start -> stuckText(start.transition()));
            values.uuids(starts, start -> parent(start, ParentStep::run, RunId::value));
            values.uuids(starts, start -> parent(start, ParentStep::task, TaskId::value));
            if (!usual) {
                values.integers(starts, Start::priority);
            }
            rest(values, transitions);
        });
    }

    private static String startSql(List<Start> starts, boolean usual) {
        if (starts.stream().anyMatch(start -> start.run().parent() != null)) {
            return usual ? START_CALLED : START_CALLED_WITH_PRIORITY;
        }
        return usual ? START : START_WITH_PRIORITY;
    }

    /** Which of the runs are there. */
    public Set<RunId> among(DataSource source, List<RunId> runs) {
        return new HashSet<>(JdbcClient.create(source)
                .sql("select id from run where id in (:runs)")
                .param("runs", runs.stream().map(RunId::value).toList())
                .query((row, _) -> new RunId(row.getObject("id", UUID.class)))
                .list());
    }

    private static <T> @Nullable UUID parent(Start start, Function<ParentStep, T> part, Function<T, UUID> value) {
        var parent = start.run().parent();
        return parent == null ? null : part.andThen(value).apply(parent);
    }

    private static WorkflowDefinition definition(Start start) {
        return start.run().plan().definition();
    }

    private static @Nullable Instant endedAt(Transition transition) {
        return transition.run().status().ended() ? transition.at() : null;
    }

    /**
     * Writes a further move.
     *
     * @param finished the task whose lease this node holds and gives up with this move, null when a person moves the run
     */
    public void move(DataSource source, Transition transition, @Nullable TaskId finished) {
        var run = transition.run();
        execute(source, moveSql(transition, finished != null), (statement, connection) -> {
            var values = new Binder(statement, connection);
            if (finished != null) {
                values.uuid(finished.value()).uuid(node.id());
            }
            if (!transition.released().isEmpty()) {
                values.uuids(transition.released(), TaskId::value);
            }
            values.text(run.status().text()).text(Json.write(run.output())).text(errorText(transition));
            values.text(Json.text(run.vars())).text(transition.path());
            values.time(endedAt(transition));
            values.text(stuckText(transition));
            values.uuid(run.id().value()).integer(run.revision());
            rest(values, List.of(transition));
        });
        run.revision(run.revision() + 1);
    }

    private static @Nullable String stuckText(Transition transition) {
        var stuck = transition.run().stuck();
        return stuck.isEmpty() ? null : Json.write(stuck);
    }

    private static @Nullable String errorText(Transition transition) {
        var run = transition.run();
        var error = run.error();
        if (run.status() != RunStatus.FAILED || error == null) {
            return null;
        }
        var values = new LinkedHashMap<>(error.values());
        values.put("elementId", run.failedElement());
        values.put("taskId", run.failedTask() == null ? null : run.failedTask().toString());
        return Json.write(values);
    }

    private static String moveSql(Transition transition, boolean fenced) {
        var sql = new StringBuilder("with ");
        if (fenced) {
            sql.append("f as (delete from lease where task_id = ? and node = ? returning 1), ");
        }
        if (!transition.released().isEmpty()) {
            sql.append("e as (delete from lease where task_id = any(?)), ");
        }
        sql.append("""
                r as (update run set status = ?, output = ?::json, error = ?::json, vars = ?::json, path = path || ?, ended_at = ?,
                  stuck = ?::json,%s revision = revision + 1
                  where id = ? and revision = ?""".formatted(transition.unpauses() ? " paused_at = null," : ""));
        sql.append(fenced ? " and exists (select 1 from f)" : "").append(" returning 1)");
        sql.append(parts(List.of(transition), " where exists (select 1 from r)"));
        return sql.append(" select 1 / (select count(*) from r)").toString();
    }

    private static String parts(List<Transition> transitions, String guard) {
        var sql = new StringBuilder();
        if (!all(transitions, Transition::created).isEmpty()) {
            sql.append(", ").append(NEW_TASKS.formatted(guard));
        }
        if (!all(transitions, Transition::changed).isEmpty()) {
            sql.append(", ").append(CHANGED_TASKS.formatted(guard.replace(" where", " and")));
        }
        if (!all(transitions, Transition::leased).isEmpty()) {
            sql.append(", ").append(LEASES.formatted(guard));
        }
        if (transitions.stream().anyMatch(transition -> !transition.logs().isEmpty())) {
            sql.append(", ").append(LOGS.formatted(guard));
        }
        return sql.append(guard.isEmpty() ? " select 1" : "").toString();
    }

    /** Something of a transition that becomes a row. */
    private record Of<T>(Transition transition, T it) {
        UUID run() {
            return transition.run().id().value();
        }
    }

    private static <T> List<Of<T>> all(List<Transition> transitions, Function<Transition, List<T>> part) {
        var all = new ArrayList<Of<T>>();
        for (var transition : transitions) {
            part.apply(transition).forEach(it -> all.add(new Of<>(transition, it)));
        }
        return all;
    }

    private void rest(Binder values, List<Transition> transitions) throws SQLException {
        var organization = transitions.getFirst().run().organization().value();
        var created = all(transitions, Transition::created);
        if (!created.isEmpty()) {
            newTasks(values.uuid(organization), created);
        }
        var changed = all(transitions, Transition::changed);
        if (!changed.isEmpty()) {
            changedTasks(values, changed);
        }
        var leased = all(transitions, Transition::leased);
        if (!leased.isEmpty()) {
            values.uuid(organization).uuid(node.id());
            values.uuids(leased, opened -> opened.it().task().id().value());
            values.uuids(leased, Of::run);
            values.times(leased, opened -> opened.it().dueAt());
        }
        var logs = all(transitions, TransitionWriter::lines);
        if (!logs.isEmpty()) {
            values.uuid(organization).uuids(logs, line -> line.it().task().value());
            values.times(logs, line -> line.it().line().at());
            values.texts(logs, line -> line.it().line().level());
            values.texts(logs, line -> line.it().line().message());
        }
    }

    private record Line(TaskId task, LogLine line) {}

    private static List<Line> lines(Transition transition) {
        return transition.logs().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(line -> new Line(entry.getKey(), line)))
                .toList();
    }

    private static void newTasks(Binder values, List<Of<TaskEntry>> tasks) throws SQLException {
        values.uuids(tasks, task -> task.it().id().value());
        values.uuids(tasks, Of::run);
        values.times(tasks, task -> task.transition().at());
        values.texts(tasks, task -> task.it().elementId());
        values.texts(tasks, task -> task.it().iteration());
        values.integers(tasks, task -> task.it().visit());
        values.uuids(tasks, task -> {
            var parent = task.it().parent();
            return parent == null ? null : parent.value();
        });
        values.texts(tasks, task -> task.it().callId());
        values.texts(tasks, task -> task.it().name());
        values.texts(tasks, task -> task.it().stepType());
        values.texts(tasks, task -> task.it().status().text());
        values.integers(tasks, task -> task.it().attempt());
        values.integers(tasks, task -> task.it().maxAttempts());
        values.texts(tasks, task -> Json.write(task.it().input()));
        values.texts(tasks, task -> Json.write(task.it().output()));
        values.texts(tasks, TransitionWriter::errorText);
        values.texts(tasks, task -> task.it().executionId());
        values.booleans(tasks, task -> task.it().endedAt() != null);
    }

    private static void changedTasks(Binder values, List<Of<TaskEntry>> tasks) throws SQLException {
        values.times(
                tasks,
                task -> task.it().endedAt() == null ? null : task.transition().at());
        values.uuids(tasks, task -> task.it().id().value());
        values.texts(tasks, task -> task.it().status().text());
        values.integers(tasks, task -> task.it().attempt());
        values.texts(tasks, task -> Json.write(task.it().output()));
        values.texts(tasks, TransitionWriter::errorText);
        values.texts(
                tasks,
                task -> task.it().endedAt() == null ? Json.write(task.it().input()) : null);
    }

    private static @Nullable String errorText(Of<TaskEntry> task) {
        var error = task.it().error();
        return error == null ? null : Json.write(error.values());
    }

    private interface Binding {
        void bind(PreparedStatement statement, Connection connection) throws SQLException;
    }

    private static void execute(DataSource source, String sql, Binding binding) {
        var connection = DataSourceUtils.getConnection(source);
        try (var statement = connection.prepareStatement(sql)) {
            binding.bind(statement, connection);
            statement.execute();
        } catch (SQLException e) {
            if (NOT_MINE.equals(e.getSQLState())) {
                throw new NotMine(e);
            }
            var known = TRANSLATOR.translate("transition", sql, e);
            throw known == null ? new UncategorizedSQLException("transition", sql, e) : known;
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }
}
