package dev.cadre.platform.run.internal.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes what is older than it shall be, a batch in each transaction, on one node at a time. */
@Component
public class RetentionRows {

    /** At most so many runs, or lines, in one transaction. */
    public static final int BATCH = 500;

    private static final long LOCK = 60_012;

    private final JdbcClient jdbc;

    RetentionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this node cleans up in this transaction; the others leave it alone. */
    public boolean isMine() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    /**
     * Deletes a batch of runs that ended before a time, with their tasks, turns and logs, and says how many. A called run
     * stays as long as the one that has called it.
     *
     * @param statuses of runs that have ended
     */
    public int runs(List<String> statuses, Instant before) {
        var old = jdbc.sql("""
                        select id from run where status in (:statuses) and started_at < :before and ended_at < :before
                        and not exists (select 1 from run caller where caller.id = run.parent_run_id)
                        order by started_at limit :batch for update skip locked""")
                .param("statuses", statuses)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("batch", BATCH)
                .query(UUID.class)
                .list();
        if (old.isEmpty()) {
            return 0;
        }
        jdbc.sql("delete from task_log where task_id in (select id from task where run_id in (:runs))")
                .param("runs", old)
                .update();
        jdbc.sql("delete from agent_turn where task_id in (select id from task where run_id in (:runs))")
                .param("runs", old)
                .update();
        return jdbc.sql("delete from run where id in (:runs)")
                .param("runs", old)
                .update();
    }

    /** Deletes a batch of log lines that ended runs wrote before a time, and says how many. */
    public int logs(Instant before) {
        return jdbc.sql("""
                        delete from task_log where (task_id, seq) in (
                          select l.task_id, l.seq from task_log l
                          where l.at < :before and not exists (
                            select 1 from task t join run r on r.id = t.run_id
                            where t.id = l.task_id and r.status in ('queued', 'running', 'waiting', 'failed'))
                          limit :batch)""")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("batch", BATCH)
                .update();
    }
}
