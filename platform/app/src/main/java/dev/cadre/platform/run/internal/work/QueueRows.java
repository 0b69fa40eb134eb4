package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.RunPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The queue of runs whose workflows limit how many go on. Whoever admits holds the workflow's lock in the database. */
@Component
class QueueRows {

    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;

    QueueRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the transaction that writes the run. */
    void accept(RunState run, int priority) {
        jdbc.sql("""
                        insert into run_queue (run_id, organization_id, workflow_id, order_at)
                        values (?, ?, ?, clock_timestamp() - make_interval(mins => ?))""")
                .params(
                        run.id().value(),
                        run.organization().value(),
                        run.plan().definition().workflow().value(),
                        priority)
                .update();
    }

    /** A run that is retried goes on at once, and counts, unless it shares a place. */
    void retake(RunState run) {
        var workflow = run.plan().definition().workflow();
        var parent = run.parent();
        if (parent != null && sharesPlace(parent.run(), workflow)) {
            return;
        }
        jdbc.sql("""
                        insert into run_queue (run_id, organization_id, workflow_id, order_at, admitted_at)
                        values (?, ?, ?, clock_timestamp(), clock_timestamp())
                        on conflict (run_id) do update set admitted_at = clock_timestamp()""")
                .params(run.id().value(), run.organization().value(), workflow.value())
                .update();
    }

    /**
     * Whether the run that calls, or one that has called it, is of the workflow: what it calls works in the place of that
     * run, which goes on only when the called one has ended.
     */
    boolean sharesPlace(RunId caller, WorkflowId workflow) {
        return jdbc.sql("""
                        with recursive up (id, depth) as (
                          select cast(:caller as uuid), 0
                          union all
                          select r.parent_run_id, up.depth + 1 from up join run r on r.id = up.id
                            where r.parent_run_id is not null and up.depth < :deepest)
                        select count(*) from up join run r on r.id = up.id where r.workflow_id = :workflow""")
                        .param("caller", caller.value())
                        .param("deepest", CallWork.DEEPEST)
                        .param("workflow", workflow.value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The runs whose turn it is, in a transaction. */
    List<RunId> admit(OrganizationId organization, WorkflowId workflow, RunPolicy.Limits limits) {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended(?, 60))) as locked")
                .param(workflow.toString())
                .query(Integer.class)
                .single();
        var window = limits.rate() == null ? Duration.ZERO : limits.window();
        jdbc.sql("""
                        delete from run_queue q using run r where r.id = q.run_id and q.workflow_id = :workflow
                        and r.status in ('succeeded', 'cancelled', 'failed')
                        and coalesce(q.admitted_at, '-infinity') <= clock_timestamp() - make_interval(secs => :window)""")
                .param("workflow", workflow.value())
                .param("window", window.toMillis() / 1000.0)
                .update();
        return jdbc.sql("""
                        with busy as (select count(*) as n from run_queue q join run r on r.id = q.run_id
                            where q.workflow_id = :workflow and q.admitted_at is not null
                            and r.status in ('queued', 'running', 'waiting')),
                          lately as (select count(*) as n from run_queue where workflow_id = :workflow
                            and admitted_at > clock_timestamp() - make_interval(secs => :window)),
                          next as (select q.run_id from run_queue q join run r on r.id = q.run_id
                            where q.workflow_id = :workflow and q.admitted_at is null
                            and r.status = 'queued' and r.paused_at is null
                            order by q.order_at, q.run_id
                            limit greatest(0, least(:most - (select n from busy), :rate - (select n from lately), :once))),
                          admitted as (update run_queue set admitted_at = clock_timestamp()
                            where run_id in (select run_id from next) returning run_id, order_at)
                        select run_id from admitted order by order_at, run_id""")
                .param("workflow", workflow.value())
                .param("window", window.toMillis() / 1000.0)
                .param("most", (long) Objects.requireNonNullElse(limits.concurrency(), Integer.MAX_VALUE))
                .param("rate", (long) Objects.requireNonNullElse(limits.rate(), Integer.MAX_VALUE))
                .param("once", AT_ONCE)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }

    /** A run that waits, for each workflow that has any. */
    List<RunId> waiting() {
        return jdbc.sql("""
                        select distinct on (q.workflow_id) q.run_id from run_queue q join run r on r.id = q.run_id
                        where q.admitted_at is null and r.status = 'queued' and r.paused_at is null
                        order by q.workflow_id, q.order_at""")
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }

    /** Runs whose turn came a while ago and that whoever admitted them did not begin. */
    List<RunId> stranded() {
        return jdbc.sql("""
                        select q.run_id from run_queue q join run r on r.id = q.run_id
                        where q.admitted_at < clock_timestamp() - interval '10 seconds'
                        and r.status = 'queued' and r.paused_at is null limit ?""")
                .param(AT_ONCE)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }
}
