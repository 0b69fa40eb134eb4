package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.connector.ConnectionLimits;
import dev.cadre.platform.connector.ConnectionLimits.Limit;
import dev.cadre.platform.shared.Clockwork;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets as many attempts work with a connection as it allows. The others hold no thread: their leases wait, and are free for
 * any node when it is their turn. A place is taken as long as its attempt's lease is there, so nothing has to be given back.
 */
@Component
class ConnectionQueue implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ConnectionQueue.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int AT_ONCE = 100;

    /** A task works by its lease, the call of an agent's tool by that of the agent, until it has ended. */
    private static final String WORKS =
            " l.task_id = case when t.call_id is null then t.id when t.ended_at is null then t.parent_id end ";

    private final JdbcClient jdbc;
    private final Moves moves;
    private final DatabaseGate gate;
    private final Workbench workbench;
    private final ConnectionLimits limits;
    private final Messages messages;
    private final ApplicationEventPublisher events;
    private final Turns<ConnectionId> turns = new Turns<>("connection-queue");
    private final Clockwork clock = new Clockwork("connection-queue");

    ConnectionQueue(
            JdbcClient jdbc,
            Moves moves,
            DatabaseGate gate,
            Workbench workbench,
            ConnectionLimits limits,
            Messages messages,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.moves = moves;
        this.gate = gate;
        this.workbench = workbench;
        this.limits = limits;
        this.messages = messages;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        clock.start(LOOK, this::look);
    }

    @Override
    public void destroy() {
        clock.stop(Duration.ZERO);
    }

    /** What wants a place: an attempt of a task, or the call of a tool under an agent's task. */
    record Entrant(OrganizationId organization, RunId run, TaskId task, int attempt) {}

    /** Whether the attempt may work now; else it is woken up when it is its turn. */
    boolean enter(Job job, Limit limit) {
        return enter(new Entrant(job.organization(), job.run(), job.task(), job.attempt()), limit);
    }

    /** Like {@link #enter(Job, Limit)}, for what has no lease of its own: it asks again by itself. */
    boolean enter(Entrant entrant, Limit limit) {
        return DatabaseFailures.patiently(workbench::isOpen, () -> admit(limit.connection(), limit, entrant));
    }

    boolean isOpen() {
        return workbench.isOpen();
    }

    /** An attempt has ended, and its lease or its turn is over. */
    void leave(Limit limit) {
        turns.soon(limit.connection(), () -> admitQuietly(limit.connection()));
    }

    private void look() {
        if (!workbench.isOpen()) {
            return;
        }
        try {
            gate.through(() -> jdbc.sql("select distinct connection_id from connection_queue where admitted_at is null")
                            .query((row, _) -> new ConnectionId(row.getObject("connection_id", UUID.class)))
                            .list())
                    .forEach(this::admitQuietly);
        } catch (RuntimeException e) {
            log.warn("Steps that wait for a connection can't be looked for now: {}", e.getMessage());
        }
    }

    private void admitQuietly(ConnectionId connection) {
        try {
            admit(connection, limits.of(connection).orElse(null), null);
        } catch (RuntimeException e) {
            log.info("Steps that wait for the connection {} wait a second: {}", connection, e.getMessage());
        }
    }

    private record Turn(UUID task, int attempt) {}

    private boolean admit(ConnectionId connection, @Nullable Limit limit, @Nullable Entrant job) {
        record Admitted(boolean mine, boolean others) {}
        var admitted = gate.through(() -> moves.inTransaction(() -> {
            lock(connection);
            if (job != null) {
                queue(connection, job);
            }
            forget(connection);
            var next = next(connection, limit);
            boolean mine = job != null && isAdmitted(job);
            var others = next.stream()
                    .filter(turn ->
                            job == null || !turn.task().equals(job.task().value()))
                    .map(Turn::task)
                    .toArray(UUID[]::new);
            return new Admitted(mine, others.length > 0 && free(others) > 0);
        }));
        if (admitted.others()) {
            events.publishEvent(new Pausing.Freed());
            messages.send(Handover.TOPIC, "");
        }
        return admitted.mine();
    }

    private void lock(ConnectionId connection) {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended(?, 45))) as locked")
                .param(connection.toString())
                .query(Integer.class)
                .single();
    }

    private void queue(ConnectionId connection, Entrant job) {
        jdbc.sql("""
                        insert into connection_queue (task_id, attempt, organization_id, connection_id, order_at)
                        select :task, :attempt, :organization, :connection,
                          clock_timestamp() - make_interval(mins => r.priority) from run r where r.id = :run
                        on conflict do nothing""")
                .param("task", job.task().value())
                .param("attempt", job.attempt())
                .param("organization", job.organization().value())
                .param("connection", connection.value())
                .param("run", job.run().value())
                .update();
    }

    /** Attempts that are over count for a minute, for the sake of the rate. */
    private void forget(ConnectionId connection) {
        jdbc.sql("""
                        delete from connection_queue q where connection_id = ?
                        and coalesce(admitted_at, '-infinity') < clock_timestamp() - interval '1 minute'
                        and not exists (select 1 from task t join lease l on""" + WORKS + """
                         where t.id = q.task_id and t.attempt = q.attempt)""").param(connection.value()).update();
    }

    private List<Turn> next(ConnectionId connection, @Nullable Limit limit) {
        var most = limit == null ? null : limit.maxConcurrent();
        var rate = limit == null ? null : limit.ratePerMinute();
        return jdbc.sql("""
                        with busy as (select count(*) as n from connection_queue q
                            join task t on t.id = q.task_id and t.attempt = q.attempt
                            join lease l on l.node <> :paused and %1$s
                            where q.connection_id = :connection and q.admitted_at is not null),
                          lately as (select count(*) as n from connection_queue where connection_id = :connection
                            and admitted_at > clock_timestamp() - interval '1 minute'),
                          next as (select q.task_id, q.attempt from connection_queue q
                            join task t on t.id = q.task_id and t.attempt = q.attempt
                            join lease l on l.node <> :paused and %1$s
                            where q.connection_id = :connection and q.admitted_at is null
                            order by q.order_at, q.task_id
                            limit greatest(0, least(:most - (select n from busy), :rate - (select n from lately), :once)))
                        update connection_queue q set admitted_at = clock_timestamp() from next
                        where q.task_id = next.task_id and q.attempt = next.attempt returning q.task_id, q.attempt""".formatted(WORKS))
                .param("connection", connection.value())
                .param("paused", Handover.PAUSED)
                .param("most", (long) Objects.requireNonNullElse(most, Integer.MAX_VALUE))
                .param("rate", (long) Objects.requireNonNullElse(rate, Integer.MAX_VALUE))
                .param("once", AT_ONCE)
                .query((row, _) -> new Turn(row.getObject("task_id", UUID.class), row.getInt("attempt")))
                .list();
    }

    private boolean isAdmitted(Entrant job) {
        return jdbc.sql("""
                        select count(*) from connection_queue
                        where task_id = ? and attempt = ? and admitted_at is not null""")
                        .params(job.task().value(), job.attempt())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private int free(UUID[] tasks) {
        return jdbc.sql("update lease set node = ?, due_at = now() where task_id = any(?) and node <> ?")
                .params(Handover.NOBODY, tasks, Handover.PAUSED)
                .update();
    }
}
