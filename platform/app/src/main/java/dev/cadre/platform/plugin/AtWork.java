package dev.cadre.platform.plugin;

import dev.cadre.spi.StepException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls into one plugin, so that its classes stay until the last has returned. */
public final class AtWork {

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile boolean closed;

    /** Each call must be followed by {@link #end}. Refuses work for a plugin that is being unloaded. */
    public void begin() {
        begun.increment();
        if (closed) {
            ended.increment();
            throw new StepException.Retryable("PLUGIN_DISABLED", "The plugin of this step is disabled or removed.");
        }
    }

    public void end() {
        ended.increment();
    }

    /** Lets nobody in any more and waits until all are out, at most for {@code patience}. Says whether they are. */
    public boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            // ended is read first: a call that ends in between then counts as still at work
            long out = ended.sum();
            if (begun.sum() == out) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(5);
        }
    }
}
