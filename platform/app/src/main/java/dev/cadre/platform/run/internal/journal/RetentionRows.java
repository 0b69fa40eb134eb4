package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.RunRetention;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        return delete(old);
    }

    private int delete(List<UUID> runs) {
        if (runs.isEmpty()) {
            return 0;
        }
        jdbc.sql("delete from task_log where task_id in (select id from task where run_id in (:runs))")
                .param("runs", runs)
                .update();
        jdbc.sql("delete from agent_turn where task_id in (select id from task where run_id in (:runs))")
                .param("runs", runs)
                .update();
        return jdbc.sql("delete from run where id in (:runs)")
                .param("runs", runs)
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

    /** What an organization has said, that wants some of it shorter than the operator. */
    public record Own(OrganizationId organization, RunRetention.Days days) {}

    /** One batch of one organization, and behind what to look for the next one; empty when nothing is left. */
    public record Batch<T>(int deleted, T last) {}

    public List<Own> own() {
        return jdbc.sql("""
                        select organization_id, runs, dead_letters, logs from run_retention
                        where coalesce(runs, dead_letters, logs) is not null order by organization_id""")
                .query((row, _) -> new Own(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new RunRetention.Days(
                                row.getObject("runs", Integer.class),
                                row.getObject("dead_letters", Integer.class),
                                row.getObject("logs", Integer.class))))
                .list();
    }

    /** As {@link #runs(List, Instant)}, of one organization: along its ids, which begin with their time. */
    public Optional<Batch<UUID>> runs(OrganizationId organization, List<String> statuses, Instant before, UUID behind) {
        var old = jdbc.sql("""
                        select id from run where organization_id = :organization and status in (:statuses)
                        and id > :behind and id < :first and ended_at < :before
                        and not exists (select 1 from run caller where caller.id = run.parent_run_id)
                        order by id limit :batch for update skip locked""")
                .param("organization", organization.value())
                .param("statuses", statuses)
                .param("behind", behind)
                .param("first", Ids.from(before))
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("batch", BATCH)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        return old.isEmpty() ? Optional.empty() : Optional.of(new Batch<>(delete(old), old.getLast()));
    }

    /** As {@link #logs(Instant)}, of one organization. */
    public Optional<Batch<Instant>> logs(OrganizationId organization, Instant before, Instant behind) {
        var deleted = jdbc.sql("""
                        with old as (select l.task_id, l.seq from task_log l
                          where l.organization_id = :organization and l.at < :before and l.at >= :behind and not exists (
                            select 1 from task t join run r on r.id = t.run_id
                            where t.id = l.task_id and r.status in ('queued', 'running', 'waiting', 'failed'))
                          order by l.at limit :batch)
                        delete from task_log l using old where l.task_id = old.task_id and l.seq = old.seq returning l.at""")
                .param("organization", organization.value())
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("behind", behind.atOffset(ZoneOffset.UTC))
                .param("batch", BATCH)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .list();
        return deleted.stream().max(Instant::compareTo).map(last -> new Batch<>(deleted.size(), last));
    }
}
