package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.organization.DeletionChanged;
import dev.cadre.platform.organization.Deletions;
import dev.cadre.platform.organization.OrganizationErasing;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.internal.engine.Engine;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Cancels the runs of organizations that are about to be deleted: at once, and again and again, since a start that was
 * accepted in the same moment may come after. Before the end it cancels what has failed too, and clears the engine.
 */
@Component
class LastRuns extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(LastRuns.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 100;
    private static final List<String> UNDER_WAY = List.of("queued", "running", "waiting");
    private static final List<String> NOT_OVER = List.of("queued", "running", "waiting", "failed");

    private final Deletions deletions;
    private final RunActions actions;
    private final Engine engine;
    private final JdbcClient jdbc;

    LastRuns(Deletions deletions, RunActions actions, Engine engine, JdbcClient jdbc) {
        super("last-runs", PATIENCE);
        this.deletions = deletions;
        this.actions = actions;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    @TransactionalEventListener
    void on(DeletionChanged changed) {
        if (changed.requested()) {
            clock.soon(this::look);
        }
    }

    @EventListener
    void on(OrganizationErasing erasing) {
        var organization = erasing.organization();
        cancel(organization, NOT_OVER);
        if (!some(organization, NOT_OVER, 1).isEmpty()) {
            throw new IllegalStateException("Runs of organization " + organization + " are not over yet");
        }
        engine.forget(organization);
    }

    private void look() {
        try {
            deletions.requested().forEach(organization -> cancel(organization, UNDER_WAY));
        } catch (RuntimeException e) {
            log.debug("Runs of closed organizations can't be cancelled now", e);
        }
    }

    /** A batch of which none could be cancelled is left for the next look. */
    private void cancel(OrganizationId organization, List<String> statuses) {
        int cancelled;
        do {
            cancelled = 0;
            for (var run : some(organization, statuses, BATCH)) {
                cancelled += cancel(organization, run) ? 1 : 0;
            }
        } while (cancelled > 0);
    }

    private boolean cancel(OrganizationId organization, RunId run) {
        try {
            Walls.<Boolean, RuntimeException>within(organization, () -> {
                actions.cancel(organization, run, false);
                return true;
            });
            return true;
        } catch (RunException e) {
            log.debug("The run {} has ended by itself", run);
        } catch (RuntimeException e) {
            log.warn("The run {} of a closed organization can't be cancelled now: {}", run, e.getMessage());
        }
        return false;
    }

    private List<RunId> some(OrganizationId organization, List<String> statuses, int most) {
        return jdbc.sql(
                        "select id from run where organization_id = :organization and status in (:statuses) limit :most")
                .param("organization", organization.value())
                .param("statuses", statuses)
                .param("most", most)
                .query((row, _) -> new RunId(row.getObject(1, UUID.class)))
                .list();
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
