package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.run.internal.journal.LogLine;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Journals that a task waits: for its next attempt or for the time it asked for. It holds no thread meanwhile. */
@Component
class Postponement {

    private final JdbcClient jdbc;
    private final Node node;
    private final DatabaseGate gate;

    Postponement(JdbcClient jdbc, Node node, DatabaseGate gate) {
        this.jdbc = jdbc;
        this.node = node;
        this.gate = gate;
    }

    /** False when the task is no longer this node's. */
    boolean postpone(Job job, Instant dueAt, int attempt, @Nullable StepError error, List<LogLine> lines) {
        return gate.through(() -> {
            boolean mine = jdbc.sql("""
                            with f as (update lease set due_at = :due where task_id = :task and node = :node returning 1)
                            update task set status = 'waiting', attempt = :attempt, next_attempt_at = :due, error = :error::json,
                              begun = null
                            where id = :task and exists (select 1 from f)""")
                            .param("due", Timestamp.from(dueAt))
                            .param("task", job.task().value())
                            .param("node", node.id())
                            .param("attempt", attempt)
                            .param("error", error == null ? null : Json.write(error.values()))
                            .update()
                    == 1;
            if (mine) {
                lines.forEach(line -> write(jdbc, job, line));
            }
            return mine;
        });
    }

    static void write(JdbcClient jdbc, Job job, LogLine line) {
        jdbc.sql("insert into task_log (task_id, organization_id, at, level, message) values (?, ?, ?, ?, ?)")
                .params(
                        job.task().value(),
                        job.organization().value(),
                        Timestamp.from(line.at()),
                        line.level(),
                        line.message())
                .update();
    }

    /** How a task goes on whose time has come. */
    sealed interface Resumed {
        /** It works now. */
        record Now() implements Resumed {}

        /** It was done while the run was paused. */
        record Held(Completion.Result result) implements Resumed {}

        /** It is not this node's, or not now. */
        record No() implements Resumed {}
    }

    private static final String MINE = """
             id = :task and status in ('waiting', 'running') and exists (select 1 from lease where task_id = :task and node = :node)
            and not exists (select 1 from run where run.id = :run and paused_at is not null)""";

    /** The task works again; what it waited for is over. One whose run is paused waits until that goes on. */
    Resumed resume(Job job) {
        return resumed(
                job, "update task set status = 'running', next_attempt_at = null where" + MINE + " returning held");
    }

    /** Like {@link #resume}, for a task that goes on waiting while it works. */
    Resumed look(Job job) {
        return resumed(job, "select held from task where" + MINE);
    }

    private Resumed resumed(Job job, String sql) {
        return gate.through(() -> jdbc.sql(sql)
                .param("task", job.task().value())
                .param("node", node.id())
                .param("run", job.run().value())
                .query((row, _) -> {
                    var held = row.getString("held");
                    return held == null ? new Resumed.Now() : new Resumed.Held(HeldResult.read(held));
                })
                .optional()
                .orElseGet(() -> {
                    park(job);
                    return new Resumed.No();
                }));
    }

    /** The lease of a paused run's task is nobody's until the run goes on. */
    void park(Job job) {
        jdbc.sql("""
                        update lease set node = ? where task_id = ? and node = ?
                        and exists (select 1 from run where id = lease.run_id and paused_at is not null)""").params(Handover.PAUSED, job.task().value(), node.id()).update();
    }
}
