package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tasks that this node has leased: each gets a virtual thread when it is due, none while it waits. Its clock is no {@code
 * Clockwork}: it does each task once, at that task's time, and may drop it before.
 */
@Component
public class Workbench {

    /** The hub is stopping and takes no new runs. */
    static final class Closing extends CadreException {
        Closing() {
            super(Kind.UNAVAILABLE, "hub-stopping", "This hub is stopping: try again in a few seconds.");
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(5);
        }
    }

    /** Who works on a task, and what was taken for the same task meanwhile: it is done after that. */
    private record Work(Thread thread, @Nullable Job next) {}

    private final Map<TaskId, Work> working = new ConcurrentHashMap<>();
    private final Map<TaskId, Future<?>> due = new ConcurrentHashMap<>();
    private volatile ScheduledExecutorService clock = newClock();
    private volatile boolean open = true;
    private volatile @Nullable Function<Job, Optional<Job>> worker;

    private static ScheduledExecutorService newClock() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("due-tasks").daemon().factory());
    }

    /** Takes work again after a drain, as when a paused hub goes on. */
    void reopen() {
        if (!open) {
            clock = newClock();
            open = true;
        }
    }

    void requireOpen() {
        if (!open) {
            throw new Closing();
        }
    }

    /** The worker answers with the job to do later, empty when the task is done or no longer this node's. */
    void employ(Function<Job, Optional<Job>> performer) {
        worker = performer;
    }

    /** Takes a leased task on: works on it when it is due. */
    void take(Job job) {
        if (!open) {
            return;
        }
        long wait = Duration.between(Instant.now(), job.dueAt()).toMillis();
        if (wait <= 0) {
            begin(job);
        } else {
            // One step with what begin() removes: it may be due before it is noted.
            due.compute(job.task(), (_, before) -> {
                if (before != null) {
                    before.cancel(false);
                }
                return clock.schedule(() -> begin(job), wait, TimeUnit.MILLISECONDS);
            });
        }
    }

    private void begin(Job job) {
        due.remove(job.task());
        if (!open) {
            return;
        }
        var thread = Thread.ofVirtual().name("task-", 0).unstarted(() -> work(job));
        var work = working.compute(
                job.task(), (_, at) -> at == null ? new Work(thread, null) : new Work(at.thread(), job));
        if (work.thread() != thread) {
            return;
        }
        // Either this sees that the bench is closing, or whoever closes it sees the task.
        if (open) {
            thread.start();
        } else {
            working.remove(job.task(), work);
        }
    }

    private void work(Job job) {
        Optional<Job> then = Optional.empty();
        try {
            then = Objects.requireNonNull(worker).apply(job);
        } finally {
            // A person may have asked for a retry before this thread was off the task.
            var done = working.remove(job.task());
            if (done != null && done.next() != null) {
                then = Optional.of(done.next());
            }
            then.ifPresent(this::take);
        }
    }

    /** The task was cancelled: whoever works on it is interrupted. */
    void drop(TaskId task) {
        var waiting = due.remove(task);
        if (waiting != null) {
            waiting.cancel(false);
        }
        var work = working.computeIfPresent(task, (_, at) -> new Work(at.thread(), null));
        if (work != null && work.thread() != Thread.currentThread()) {
            work.thread().interrupt();
        }
    }

    /** Whether somebody works on the task or it waits for its time. */
    boolean holds(TaskId task) {
        return working.containsKey(task) || due.containsKey(task);
    }

    boolean isOpen() {
        return open;
    }

    int inWork() {
        return working.size();
    }

    int waiting() {
        return due.size();
    }

    /**
     * Takes nothing new and waits for what is being worked on; false when something is left after the given time.
     *
     * @param meanwhile gets the tasks that are still worked on, at once and again and again
     */
    boolean drain(Duration patience, Consumer<Set<TaskId>> meanwhile) throws InterruptedException {
        open = false;
        clock.shutdownNow();
        due.clear();
        var end = Instant.now().plus(patience);
        meanwhile.accept(Set.copyOf(working.keySet()));
        while (!working.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(100);
            meanwhile.accept(Set.copyOf(working.keySet()));
        }
        return working.isEmpty();
    }
}
