package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.NodeDied;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cancels called runs for which nobody waits any more: at once when the step that has called them is cancelled, and by a
 * look every few seconds where that was not heard, as when the hub was killed just then.
 */
@Component
class AbandonedCalls extends Clocked {

    /** A step that calls was cancelled. */
    record Abandoned(OrganizationId organization, TaskId task) {}

    private record Called(OrganizationId organization, RunId run) {}

    private static final Logger log = LoggerFactory.getLogger(AbandonedCalls.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** What is not cancelled when this node stops is by another one, or by its next start. */
    private static final Duration PATIENCE = Duration.ZERO;

    private static final int AT_ONCE = 100;

    private final RunActions actions;
    private final Workbench workbench;
    private final JdbcClient jdbc;
    private final DatabaseGate gate;

    AbandonedCalls(RunActions actions, Workbench workbench, JdbcClient jdbc, DatabaseGate gate) {
        super("abandoned-calls", PATIENCE);
        this.actions = actions;
        this.workbench = workbench;
        this.jdbc = jdbc;
        this.gate = gate;
    }

    @Override
    public void start() {
        clock.start(Duration.ZERO, LOOK, this::look);
    }

    @EventListener
    void on(NodeDied died) {
        clock.soon(this::look);
    }

    @EventListener
    void on(Abandoned abandoned) {
        Thread.ofVirtual().name("call-abandoned").start(() -> {
            try {
                calledBy(abandoned).forEach(this::cancel);
            } catch (RuntimeException e) {
                log.info("The run that task {} has called is cancelled later: {}", abandoned.task(), e.getMessage());
            }
        });
    }

    private List<Called> calledBy(Abandoned abandoned) {
        return gate.through(() -> jdbc.sql("""
                        select id from run where parent_task_id = ? and status in ('queued', 'running', 'waiting')""")
                .param(abandoned.task().value())
                .query((row, _) -> new Called(abandoned.organization(), new RunId(row.getObject("id", UUID.class))))
                .list());
    }

    private void look() {
        if (!workbench.isOpen()) {
            return;
        }
        try {
            // Whoever called them has told by its end that it waits for nothing, or its step was cancelled alone.
            var left = gate.through(() -> jdbc.sql("""
                            select r.organization_id, r.id from run r join task t on t.id = r.parent_task_id
                            join run p on p.id = t.run_id
                            where r.parent_task_id is not null and r.status in ('queued', 'running', 'waiting')
                            and (t.status = 'cancelled' or p.status in ('succeeded', 'cancelled')) limit ?""")
                    .param(AT_ONCE)
                    .query((row, _) -> new Called(
                            new OrganizationId(row.getObject("organization_id", UUID.class)),
                            new RunId(row.getObject("id", UUID.class))))
                    .list());
            left.forEach(this::cancel);
        } catch (RuntimeException e) {
            log.warn("Called runs that nobody waits for can't be looked for now: {}", e.getMessage());
        }
    }

    private void cancel(Called called) {
        try {
            actions.cancel(called.organization(), called.run(), false);
        } catch (RunException e) {
            log.debug("The called run {} has ended meanwhile", called.run(), e);
        } catch (RuntimeException e) {
            log.info("The called run {} is cancelled later: {}", called.run(), e.getMessage());
        }
    }
}
