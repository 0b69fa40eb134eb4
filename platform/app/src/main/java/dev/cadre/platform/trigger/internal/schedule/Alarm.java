package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.trigger.internal.schedule.ScheduleRows.Due;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks again and again which schedules are due and has them fired. Every node does; the table gives each time to one of
 * them. Starts when all else has, and stops first.
 */
@Component
class Alarm extends Clocked {

    /** How late a run may start; a look reads the first entry of an index. */
    static final Duration LOOK = Duration.ofMillis(500);

    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(Alarm.class);

    private final ScheduleRows rows;
    private final Firing firing;
    private boolean failing;

    Alarm(ScheduleRows rows, Firing firing) {
        super("schedules", PATIENCE);
        this.rows = rows;
        this.firing = firing;
    }

    private void look() {
        try {
            List<Due> due;
            do {
                due = rows.claim(AT_ONCE);
                fire(due);
            } while (due.size() == AT_ONCE && isRunning());
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("The schedules can't be read: {}", e.getMessage());
            }
            failing = true;
        }
    }

    /** Returns when all are done, so that a slow database is not asked for more and more. */
    private void fire(List<Due> due) {
        if (due.isEmpty()) {
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(one -> threads.execute(() -> fire(one)));
        }
    }

    private void fire(Due due) {
        try {
            firing.fire(due);
        } catch (RuntimeException e) {
            log.error("The schedule of the workflow {} failed", due.row().workflow(), e);
        }
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
