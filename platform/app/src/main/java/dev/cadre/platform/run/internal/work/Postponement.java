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
                            update task set status = 'waiting', attempt = :attempt, next_attempt_at = :due, error = :error::json
                            where id = :task and exists (select 1 from f)""")
                            .param("due", Timestamp.from(dueAt))
                            .param("task", job.task().value())
                            .param("node", node.id())
                            .param("attempt", attempt)
                            .param("error", error == null ? null : Json.write(error.values()))
                            .update()
                    == 1;
            if (mine) {
                lines.forEach(line -> write(job, line));
            }
            return mine;
        });
    }

    private void write(Job job, LogLine line) {
        jdbc.sql("insert into task_log (task_id, organization_id, at, level, message) values (?, ?, ?, ?, ?)")
                .params(
                        job.task().value(),
                        job.organization().value(),
                        Timestamp.from(line.at()),
                        line.level(),
                        line.message())
                .update();
    }

    /** The task works again; what it waited for is over. False when it is no longer this node's to work on. */
    boolean resume(Job job) {
        return gate.through(() -> jdbc.sql("""
                        update task set status = 'running', next_attempt_at = null where id = ?
                        and status in ('waiting', 'running') and exists (select 1 from lease where task_id = ? and node = ?)""")
                        .params(job.task().value(), job.task().value(), node.id())
                        .update())
                == 1;
    }
}
