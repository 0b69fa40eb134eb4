package dev.cadre.platform.shared;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something again and again on one thread of its own, from its start to a stop that waits for what is under way. */
public final class Clockwork {

    private final String name;
    private volatile @Nullable ScheduledExecutorService clock;

    /** {@code name} is the thread's. */
    public Clockwork(String name) {
        this.name = name;
    }

    /** The work comes first after one pause, and then a pause after it has ended. It throws nothing, or it comes no more. */
    public void start(Duration pause, Runnable work) {
        start(pause, pause, work);
    }

    /** The same, where it comes first after another time. */
    public void start(Duration first, Duration pause, Runnable work) {
        var started = clock;
        if (started == null) {
            started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name(name).daemon().factory());
            clock = started;
        }
        started.scheduleWithFixedDelay(work, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does it once more, now; nothing where it is stopped. */
    public void soon(Runnable work) {
        var running = clock;
        if (running != null) {
            try {
                running.execute(work);
            } catch (RejectedExecutionException e) {
                // It is just being stopped, and who starts again looks by itself.
            }
        }
    }

    /** Begins nothing more, and interrupts what is not done after the given time. */
    public void stop(Duration patience) {
        var running = clock;
        clock = null;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRunning() {
        return clock != null;
    }
}
