package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RetentionSettings;
import dev.cadre.platform.run.internal.journal.RetentionRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Cleans up once an hour: what has ended goes when it is old enough. */
@Component
public class Retention implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** The other transactions get the database in between. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final RetentionRows rows;
    private final RetentionSettings settings;
    private final Clock time;
    private final DatabaseGate gate;
    private final TransactionTemplate transaction;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").daemon().factory());

    Retention(
            RetentionRows rows,
            RetentionSettings settings,
            Clock time,
            DatabaseGate gate,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.settings = settings;
        this.time = time;
        this.gate = gate;
        this.transaction = new TransactionTemplate(transactions);
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        clock.scheduleWithFixedDelay(this::cleanQuietly, 5, 60, TimeUnit.MINUTES);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }

    private void cleanQuietly() {
        try {
            clean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Old runs can't be deleted now: {}", e.getMessage());
        }
    }

    /** Deletes all that is old enough. */
    public void clean() throws InterruptedException {
        int runs = inBatches(settings.keepRuns(), before -> rows.runs(List.of("succeeded", "cancelled"), before));
        int failed = inBatches(settings.keepDeadLetters(), before -> rows.runs(List.of("failed"), before));
        int lines = inBatches(settings.keepLogs(), rows::logs);
        if (runs + failed + lines > 0) {
            log.info("Deleted {} old runs, {} failed ones and {} lines of logs", runs, failed, lines);
        }
    }

    private int inBatches(Optional<Duration> kept, ToIntFunction<Instant> batch) throws InterruptedException {
        if (kept.isEmpty()) {
            return 0;
        }
        var before = time.instant().minus(kept.get());
        int all = 0;
        while (true) {
            var some = gate.through(
                    () -> transaction.execute(_ -> rows.isMine() ? batch.applyAsInt(before) : Integer.valueOf(0)));
            if (some == null || some == 0) {
                return all;
            }
            all += some;
            Thread.sleep(BREATH);
        }
    }
}
