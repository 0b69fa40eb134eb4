package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.shared.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * The only place that writes transitions: run, tasks, leases and logs in one statement. The statement divides by zero,
 * and so commits nothing, when the lease it stands on is gone or somebody else moved the run meanwhile.
 */
@Component
public class TransitionWriter {

    private static final String NOT_MINE = "22012";

    private static final String NEW_TASKS = """
            t as (insert into task (id, organization_id, run_id, element_id, iteration, visit, parent_id, call_id, name,
              step_type, status, attempt, max_attempts, input, output, error, execution_id, started_at, ended_at)
              select x.id, ?, ?, x.element, x.iteration, x.visit, x.parent, null, x.name, x.type, x.status, x.attempt,
                x.attempts, x.input::json, x.output::json, x.error::json, x.execution, ?, case when x.ended then ?::timestamptz end
              from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::int[],
                ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[])
                as x(id, element, iteration, visit, parent, name, type, status, attempt, attempts, input, output, error,
                  execution, ended)%s)""";

    private static final String CHANGED_TASKS = """
            c as (update task k set status = x.status, attempt = x.attempt, output = x.output::json, error = x.error::json,
              input = coalesce(x.input::json, k.input),
              ended_at = case when x.ended then ?::timestamptz end, next_attempt_at = null
              from unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::bool[])
                as x(id, status, attempt, output, error, input, ended) where k.id = x.id%s)""";

    private static final String LEASES = """
            l as (insert into lease (task_id, organization_id, run_id, node, due_at)
              select x.id, ?, ?, ?, x.due from unnest(?::uuid[], ?::timestamptz[]) as x(id, due)%s)""";

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
    }

    /** Writes a run that has just started, with all that its first move made. */
    public void start(DataSource source, Transition transition, @Nullable UUID startedBy) {
        var run = transition.run();
        var definition = run.plan().definition();
        execute(source, startSql(transition), (statement, connection) -> {
            var values = new Binder(statement, connection);
            values.uuid(run.id().value())
                    .uuid(run.organization().value())
                    .uuid(definition.workflow().value());
            values.integer(definition.revision()).integer(definition.version()).text(definition.name());
            values.text(run.status().text()).text(run.triggerUse()).text(Json.text(run.trigger()));
            values.text(Json.text(run.vars())).text(Json.write(run.output()));
            values.text(errorText(transition)).text(transition.path()).uuid(startedBy);
            values.time(run.startedAt()).time(run.status().ended() ? transition.at() : null);
            values.text(stuckText(transition));
            rest(values, transition);
        });
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
                values.array("uuid", transition.released(), TaskId::value);
            }
            values.text(run.status().text()).text(Json.write(run.output())).text(errorText(transition));
            values.text(Json.text(run.vars())).text(transition.path());
            values.time(run.status().ended() ? transition.at() : null);
            values.text(stuckText(transition));
            values.uuid(run.id().value()).integer(run.revision());
            rest(values, transition);
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

    private static String startSql(Transition transition) {
        return """
                with r as (insert into run (id, organization_id, workflow_id, workflow_revision, workflow_version, workflow_name,
                  status, trigger_use, input, vars, output, error, path, started_by, started_at, ended_at, stuck)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?::json, ?::json, ?, ?, ?, ?, ?::json))""" + parts(transition, "") + " select 1";
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
                  stuck = ?::json, revision = revision + 1
                  where id = ? and revision = ?""");
        sql.append(fenced ? " and exists (select 1 from f)" : "").append(" returning 1)");
        sql.append(parts(transition, " where exists (select 1 from r)"));
        return sql.append(" select 1 / (select count(*) from r)").toString();
    }

    private static String parts(Transition transition, String guard) {
        var sql = new StringBuilder();
        if (!transition.created().isEmpty()) {
            sql.append(", ").append(NEW_TASKS.formatted(guard));
        }
        if (!transition.changed().isEmpty()) {
            sql.append(", ").append(CHANGED_TASKS.formatted(guard.replace(" where", " and")));
        }
        if (!transition.leased().isEmpty()) {
            sql.append(", ").append(LEASES.formatted(guard));
        }
        if (!transition.logs().isEmpty()) {
            sql.append(", ").append(LOGS.formatted(guard));
        }
        return sql.toString();
    }

    private void rest(Binder values, Transition transition) throws SQLException {
        var run = transition.run();
        var organization = run.organization().value();
        if (!transition.created().isEmpty()) {
            values.uuid(organization)
                    .uuid(run.id().value())
                    .time(transition.at())
                    .time(transition.at());
            newTasks(values, transition.created());
        }
        if (!transition.changed().isEmpty()) {
            values.time(transition.at());
            changedTasks(values, transition.changed());
        }
        if (!transition.leased().isEmpty()) {
            values.uuid(organization).uuid(run.id().value()).uuid(node.id());
            values.array(
                    "uuid", transition.leased(), opened -> opened.task().id().value());
            values.array(
                    "timestamptz", transition.leased(), opened -> opened.dueAt().toString());
        }
        if (!transition.logs().isEmpty()) {
            record Line(UUID task, LogLine line) {}
            var lines = transition.logs().entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream()
                            .map(line -> new Line(entry.getKey().value(), line)))
                    .toList();
            values.uuid(organization).array("uuid", lines, Line::task);
            values.array("timestamptz", lines, line -> line.line().at().toString());
            values.array("text", lines, line -> line.line().level());
            values.array("text", lines, line -> line.line().message());
        }
    }

    private static void newTasks(Binder values, List<TaskEntry> tasks) throws SQLException {
        values.array("uuid", tasks, task -> task.id().value());
        values.array("text", tasks, TaskEntry::elementId);
        values.array("text", tasks, TaskEntry::iteration);
        values.array("int4", tasks, TaskEntry::visit);
        values.array(
                "uuid",
                tasks,
                task -> task.parent() == null ? null : task.parent().value());
        values.array("text", tasks, TaskEntry::name);
        values.array("text", tasks, TaskEntry::stepType);
        values.array("text", tasks, task -> task.status().text());
        values.array("int4", tasks, TaskEntry::attempt);
        values.array("int4", tasks, TaskEntry::maxAttempts);
        values.array("text", tasks, task -> Json.write(task.input()));
        values.array("text", tasks, task -> Json.write(task.output()));
        values.array(
                "text",
                tasks,
                task -> task.error() == null ? null : Json.write(task.error().values()));
        values.array("text", tasks, TaskEntry::executionId);
        values.array("bool", tasks, task -> task.endedAt() != null);
    }

    private static void changedTasks(Binder values, List<TaskEntry> tasks) throws SQLException {
        values.array("uuid", tasks, task -> task.id().value());
        values.array("text", tasks, task -> task.status().text());
        values.array("int4", tasks, TaskEntry::attempt);
        values.array("text", tasks, task -> Json.write(task.output()));
        values.array(
                "text",
                tasks,
                task -> task.error() == null ? null : Json.write(task.error().values()));
        values.array("text", tasks, task -> task.status() == RunStatus.RUNNING ? Json.write(task.input()) : null);
        values.array("bool", tasks, task -> task.endedAt() != null);
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
            throw new org.springframework.jdbc.support.SQLStateSQLExceptionTranslator().translate("transition", sql, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    /** Sets parameters one after the other. */
    private static final class Binder {
        private final PreparedStatement statement;
        private final Connection connection;
        private int index;

        Binder(PreparedStatement statement, Connection connection) {
            this.statement = statement;
            this.connection = connection;
        }

        Binder uuid(@Nullable UUID value) throws SQLException {
            statement.setObject(++index, value, Types.OTHER);
            return this;
        }

        Binder text(@Nullable String value) throws SQLException {
            statement.setString(++index, value);
            return this;
        }

        Binder integer(@Nullable Integer value) throws SQLException {
            statement.setObject(++index, value, Types.INTEGER);
            return this;
        }

        Binder time(@Nullable Instant value) throws SQLException {
            statement.setObject(
                    ++index,
                    value == null ? null : value.atOffset(java.time.ZoneOffset.UTC),
                    Types.TIMESTAMP_WITH_TIMEZONE);
            return this;
        }

        <T> Binder array(String type, List<T> items, Function<T, @Nullable Object> value) throws SQLException {
            var values = new ArrayList<@Nullable Object>(items.size());
            for (var item : items) {
                values.add(value.apply(item));
            }
            statement.setArray(++index, connection.createArrayOf(type, values.toArray()));
            return this;
        }
    }
}
