package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Writes starts of runs: as many as wait at once go into one statement and one commit, and each caller goes on after
 * that commit. Alone, a start waits for nobody. One statement holds runs of one organization only.
 */
@Component
public class StartCombiner {

    /** A further writer prepares while the first one waits for the disk; more would make the batches smaller. */
    private static final int WRITERS = 2;

    private static final int MOST = 64;

    private record Waiting(TransitionWriter.Start start, CompletableFuture<@Nullable Void> written) {}

    private final TransitionWriter writer;
    private final WalledPool pool;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    StartCombiner(TransitionWriter writer, WalledPool pool) {
        this.writer = writer;
        this.pool = pool;
        for (int i = 0; i < WRITERS; i++) {
            threads.add(Thread.ofPlatform().name("start-writer-" + i).daemon().start(this::writeOn));
        }
    }

    /** Returns when the start is committed; throws what the database says against it. */
    public void write(TransitionWriter.Start start) {
        var waiting = new Waiting(start, new CompletableFuture<>());
        queue.add(waiting);
        if (closed && queue.remove(waiting)) {
            throw stopped();
        }
        try {
            waiting.written.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Ends the writers; what they have not taken by then was not written, and its callers are told so. */
    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        for (var thread : threads) {
            thread.interrupt();
            thread.join();
        }
        for (var left = queue.poll(); left != null; left = queue.poll()) {
            left.written.completeExceptionally(stopped());
        }
    }

    private static RuntimeException stopped() {
        return new DataAccessResourceFailureException("The hub has stopped before the run was started");
    }

    private void writeOn() {
        while (!closed) {
            var batch = new ArrayList<Waiting>(MOST);
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MOST - 1);
                byOrganization(batch).forEach(this::write);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                batch.forEach(waiting -> waiting.written.completeExceptionally(e));
            }
        }
    }

    private static Map<OrganizationId, List<Waiting>> byOrganization(List<Waiting> batch) {
        var groups = new LinkedHashMap<OrganizationId, List<Waiting>>();
        for (var waiting : batch) {
            groups.computeIfAbsent(waiting.start.run().organization(), _ -> new ArrayList<>())
                    .add(waiting);
        }
        return groups;
    }

    private void write(OrganizationId organization, List<Waiting> group) {
        Walls.within(organization, () -> {
            write(group);
            return true;
        });
    }

    private void write(List<Waiting> group) {
        try {
            writer.start(pool, group.stream().map(Waiting::start).toList());
            group.forEach(waiting -> waiting.written.complete(null));
        } catch (RuntimeException e) {
            if (isAboutRows(e)) {
                writeAlone(group, e);
            } else {
                lookUp(group, e);
            }
        }
    }

    private void writeAlone(List<Waiting> group, RuntimeException failure) {
        if (group.size() == 1) {
            group.getFirst().written.completeExceptionally(failure);
        } else {
            group.forEach(waiting -> write(List.of(waiting)));
        }
    }

    /** The connection may have broken behind the commit: what is there was written, whatever the failure says. */
    private void lookUp(List<Waiting> group, RuntimeException failure) {
        Set<RunId> there = Set.of();
        try {
            there = writer.among(
                    pool,
                    group.stream().map(waiting -> waiting.start.run().id()).toList());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        for (var waiting : group) {
            if (there.contains(waiting.start.run().id())) {
                waiting.written.complete(null);
            } else {
                waiting.written.completeExceptionally(failure);
            }
        }
    }

    /** Whether the statement was refused for what it says: nothing of it is committed, and the others' rows are good. */
    private static boolean isAboutRows(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
            }
        }
        return false;
    }
}
