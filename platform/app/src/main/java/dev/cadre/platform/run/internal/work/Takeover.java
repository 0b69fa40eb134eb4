package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.cluster.NodeDied;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes up the work of nodes that are gone: behind the last finished step, as the leases say. With a clock of its own, which
 * leases hang on: it begins when steps can be worked on, later than the lifecycle, and ends after the last lease is given back.
 */
@Component
class Takeover implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Takeover.class);

    /** A step whose node died this often while it worked is what kills the nodes. */
    private static final int MAX_TAKEOVERS = 5;

    private static final long SWEEP_SECONDS = 5;

    /** Taken up at once: enough to be quick with thousands, few enough to leave the database to others. */
    private static final int AT_ONCE = 6;

    private record Next(Job job, boolean paused) {}

    private record Taken(TaskId task, RunId run, Instant dueAt, int takeovers) {}

    private record Orphan(Taken taken, Instant orderAt) {}

    private final JdbcClient jdbc;
    private final Node node;
    private final Moves moves;
    private final RunStates states;
    private final Workbench workbench;
    private final Completion completion;
    private final CallWork calls;
    private final Postponement postponement;
    private volatile boolean ready;
    private final Set<TaskId> suspects = new HashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("stranded-tasks").daemon().factory());

    Takeover(
            JdbcClient jdbc,
            Node node,
            Moves moves,
            RunStates states,
            Workbench workbench,
            Completion completion,
            CallWork calls,
            Postponement postponement,
            Messages messages) {
        this.jdbc = jdbc;
        this.node = node;
        this.moves = moves;
        this.states = states;
        this.workbench = workbench;
        this.completion = completion;
        this.calls = calls;
        this.postponement = postponement;
        messages.listen(Handover.TOPIC, _ -> takeOverSoon());
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        ready = true;
        Thread.ofVirtual().name("takeover").start(this::takeOver);
        clock.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether everything that steps need is there. */
    boolean isReady() {
        return ready;
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }

    @EventListener
    void on(Pausing.Freed freed) {
        takeOverSoon();
    }

    @EventListener
    void on(NodeDied died) {
        takeOverSoon();
    }

    /** The workflow that a step has called came to an end: this node takes the step up at once, whoever has it. */
    @EventListener
    void on(CallWork.Returned returned) {
        if (!workbench.isOpen() || calls.isAwaited(returned.parent().task())) {
            return;
        }
        Thread.ofVirtual()
                .name("call-returned")
                .start(() -> fetch(returned.parent().task()));
    }

    private void fetch(TaskId task) {
        try {
            jdbc.sql("""
                            update lease set node = ?, due_at = now() where task_id = ? and node <> ?
                            returning task_id, run_id, due_at, takeovers""")
                    .params(node.id(), task.value(), Handover.PAUSED)
                    .query((row, _) -> taken(row))
                    .optional()
                    .ifPresent(this::goOn);
        } catch (RuntimeException e) {
            // The step looks by itself after a while.
            log.info("The call {} can't be taken up at once: {}", task, e.getMessage());
        }
    }

    private void takeOverSoon() {
        // While the hub starts its plugins are not there yet: what is free then is taken when it is ready.
        if (ready && workbench.isOpen()) {
            Thread.ofVirtual().name("takeover").start(this::takeOver);
        }
    }

    /** A lease of this node that nobody here holds is stranded: seen at two looks in a row, it is taken up. */
    private synchronized void sweep() {
        if (!workbench.isOpen()) {
            return;
        }
        try {
            var stranded = own().stream()
                    .filter(taken -> !workbench.holds(taken.task()))
                    .toList();
            stranded.stream()
                    .filter(taken -> suspects.contains(taken.task()))
                    .flatMap(taken -> again(taken).stream())
                    .forEach(this::goOn);
            suspects.clear();
            stranded.forEach(taken -> suspects.add(taken.task()));
            // Whoever should have taken these up may have died on the way, and a message may be lost.
            takeOver();
        } catch (RuntimeException e) {
            log.warn("Stranded tasks can't be looked for now: {}", e.getMessage());
        }
    }

    private Optional<Taken> again(Taken taken) {
        return jdbc.sql("""
                        update lease set takeovers = takeovers + 1 where task_id = ? and node = ?
                        returning task_id, run_id, due_at, takeovers""")
                .params(taken.task().value(), node.id())
                .query((row, _) -> taken(row))
                .optional();
    }

    private List<Taken> own() {
        return jdbc.sql("select task_id, run_id, due_at, takeovers from lease where node = ?")
                .param(node.id())
                .query((row, _) -> taken(row))
                .list();
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                new TaskId(row.getObject("task_id", UUID.class)),
                new RunId(row.getObject("run_id", UUID.class)),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getInt("takeovers"));
    }

    private synchronized void takeOver() {
        var taken = orphans();
        if (!taken.isEmpty()) {
            log.info("Going on with {} tasks whose node is gone", taken.size());
        }
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : taken) {
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        goOn(one);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    /** What is more urgent, or due longer, first. Only who was worked on when the node died may be what kills nodes: not who waited, nor who was given back. */
    private List<Taken> orphans() {
        return jdbc
                .sql("""
                        update lease set node = ?,
                          takeovers = takeovers + case when node = ? or due_at > now() then 0 else 1 end
                        from run where run.id = lease.run_id and lease.node <> ?
                          and not exists (select 1 from node where node.id = lease.node)
                        returning task_id, run_id, due_at, takeovers, due_at - make_interval(mins => run.priority) as order_at""")
                .params(node.id(), Handover.NOBODY, Handover.PAUSED)
                .query((row, _) -> new Orphan(
                        taken(row),
                        row.getObject("order_at", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .sorted(Comparator.comparing(Orphan::orderAt))
                .map(Orphan::taken)
                .toList();
    }

    private void goOn(Taken taken) {
        try {
            var next = moves.moving(taken.run(), () -> next(taken));
            if (next.isEmpty()) {
                // Its task is over: nothing is left to do under this lease.
                jdbc.sql("delete from lease where task_id = ? and node = ?")
                        .params(taken.task().value(), node.id())
                        .update();
                return;
            }
            var job = next.get().job();
            if (next.get().paused()) {
                postponement.park(job);
                return;
            }
            if (taken.takeovers() > MAX_TAKEOVERS) {
                var error = new StepError(
                        "STEP_STOPS_NODES",
                        "The hub died " + taken.takeovers() + " times while this step worked; it is not tried again.");
                completion.finish(job, new Completion.Result(null, error, List.of(), null));
                return;
            }
            workbench.take(lookingAtOnce(job));
        } catch (RuntimeException e) {
            log.error("Task {} of run {} can't be taken up", taken.task(), taken.run(), e);
        }
    }

    /** Nobody may have heard of the end of what a step has called: it looks now, and not only when it would have. */
    private static Job lookingAtOnce(Job job) {
        return job.step().use().equals(CallStep.ID) ? job.again(job.attempt(), Instant.now()) : job;
    }

    private Optional<Next> next(Taken taken) {
        // Another node may have moved the run since this one looked.
        states.forget(taken.run());
        return states.find(taken.run())
                .filter(run -> run.isOpen(taken.task()))
                .map(run -> new Next(Job.of(run, run.openTask(taken.task()), taken.dueAt()), run.isPaused()));
    }
}
