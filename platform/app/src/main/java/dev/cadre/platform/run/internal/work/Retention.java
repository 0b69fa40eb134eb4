package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RetentionSettings;
import dev.cadre.platform.run.RunRetention;
import dev.cadre.platform.run.internal.journal.RetentionRows;
import dev.cadre.platform.run.internal.journal.RetentionRows.Batch;
import dev.cadre.platform.shared.Clocked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Cleans up once an hour: what has ended goes when it is old enough. */
@Component
public class Retention extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofHours(1);

    /** Each batch is whole by itself: nobody who stops the hub waits for all of them. */
    private static final Duration PATIENCE = Duration.ZERO;

    /** The other transactions get the database in between. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private static final List<String> ENDED = List.of("succeeded", "cancelled");
    private static final List<String> FAILED = List.of("failed");
    private static final UUID NO_RUN = new UUID(0, 0);

    private final RetentionRows rows;
    private final RetentionSettings settings;
    private final Clock time;
    private final DatabaseGate gate;
    private final TransactionTemplate transaction;

    Retention(
            RetentionRows rows,
            RetentionSettings settings,
            Clock time,
            DatabaseGate gate,
            PlatformTransactionManager transactions) {
        super("retention", PATIENCE);
        this.rows = rows;
        this.settings = settings;
        this.time = time;
        this.gate = gate;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void start() {
        clock.start(FIRST, LOOK, this::cleanQuietly);
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

    /** Deletes all that is old enough: for the operator, and then for organizations that want some of it gone earlier. */
    public void clean() throws InterruptedException {
        int runs = inBatches(settings.keepRuns(), before -> rows.runs(ENDED, before));
        int failed = inBatches(settings.keepDeadLetters(), before -> rows.runs(FAILED, before));
        int lines = inBatches(settings.keepLogs(), rows::logs);
        if (runs + failed + lines > 0) {
            log.info("Deleted {} old runs, {} failed ones and {} lines of logs", runs, failed, lines);
        }
        int own = ofOrganizations();
        if (own > 0) {
            log.info("Deleted {} runs and lines of logs that organizations keep for a shorter time", own);
        }
    }

    private int inBatches(Optional<Duration> kept, ToIntFunction<Instant> batch) throws InterruptedException {
        if (kept.isEmpty()) {
            return 0;
        }
        var before = time.instant().minus(kept.get());
        int all = 0;
        while (true) {
            int some = alone(() -> batch.applyAsInt(before), 0);
            if (some == 0) {
                return all;
            }
            all += some;
            Thread.sleep(BREATH);
        }
    }

    /** A batch of each in turn, so that nobody waits for who has very much. */
    private int ofOrganizations() throws InterruptedException {
        var turns = new ArrayDeque<Sweep<?>>();
        for (var own : rows.own()) {
            sweeps(own).forEach(turns::add);
        }
        int all = 0;
        for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
            int some = turn.go();
            if (some > 0) {
                all += some;
                turns.add(turn);
                Thread.sleep(BREATH);
            }
        }
        return all;
    }

    private List<Sweep<?>> sweeps(RetentionRows.Own own) {
        var organization = own.organization();
        var sweeps = new ArrayList<Sweep<?>>();
        shorter(own.days().runs(), settings.keepRuns())
                .ifPresent(before ->
                        sweeps.add(new Sweep<>(NO_RUN, last -> rows.runs(organization, ENDED, before, last))));
        shorter(own.days().deadLetters(), settings.keepDeadLetters())
                .ifPresent(before ->
                        sweeps.add(new Sweep<>(NO_RUN, last -> rows.runs(organization, FAILED, before, last))));
        shorter(own.days().logs(), settings.keepLogs())
                .ifPresent(before ->
                        sweeps.add(new Sweep<>(Instant.EPOCH, last -> rows.logs(organization, before, last))));
        return sweeps;
    }

    /** Since when an organization keeps it; empty where that is as long as the operator does. */
    private Optional<Instant> shorter(@Nullable Integer days, Optional<Duration> operator) {
        var kept = RunRetention.inForce(days, operator);
        return kept.equals(operator) ? Optional.empty() : kept.map(time.instant()::minus);
    }

    /** One organization's part of the cleaning, behind what was looked at already. */
    private final class Sweep<T> {

        private final Function<T, Optional<Batch<T>>> batch;
        private T last;

        Sweep(T last, Function<T, Optional<Batch<T>>> batch) {
            this.last = last;
            this.batch = batch;
        }

        int go() {
            var done = alone(() -> batch.apply(last), Optional.<Batch<T>>empty());
            done.ifPresent(some -> last = some.last());
            return done.map(Batch::deleted).orElse(0);
        }
    }

    /** In a transaction of its own, unless another node is at it. */
    private <T> T alone(Supplier<T> work, T otherwise) {
        return gate.through(
                () -> Objects.requireNonNull(transaction.execute(_ -> rows.isMine() ? work.get() : otherwise)));
    }
}
