package dev.cadre.platform.run.internal.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.cadre.platform.shared.OrganizationId;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
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
    private final HikariDataSource pool;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    StartCombiner(TransitionWriter writer, HikariDataSource pool) {
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
        try {
            waiting.written.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @PreDestroy
    void close() {
        threads.forEach(Thread::interrupt);
    }

    private void writeOn() {
        var batch = new ArrayList<Waiting>(MOST);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, MOST - 1);
                byOrganization(batch).values().forEach(this::write);
                batch.clear();
            }
        } catch (InterruptedException e) {
            queue.forEach(waiting -> waiting.written.completeExceptionally(
                    new IllegalStateException("The hub has stopped before the run was started")));
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

    private void write(List<Waiting> group) {
        try {
            writer.start(pool, group.stream().map(Waiting::start).toList());
            group.forEach(waiting -> waiting.written.complete(null));
        } catch (RuntimeException | Error e) {
            if (group.size() > 1 && isAboutOneRow(e)) {
                group.forEach(waiting -> write(List.of(waiting)));
            } else {
                group.forEach(waiting -> waiting.written.completeExceptionally(e));
            }
        }
    }

    /** Whether the statement was refused for what it says: nothing of it is committed, and the others' rows are good. */
    private static boolean isAboutOneRow(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23");
            }
        }
        return false;
    }
}
