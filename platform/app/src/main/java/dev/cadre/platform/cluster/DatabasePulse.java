package dev.cadre.platform.cluster;

import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Whether the database answered when this node last asked, which it does each second: known without asking again. */
@Component
public final class DatabasePulse {

    /** A question that is not answered for so long counts as not answered at all. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private volatile boolean answered;
    private volatile long heardAt;

    public boolean isFelt() {
        return answered && System.nanoTime() - heardAt < PATIENCE_NANOS;
    }

    /** True when it had not been felt before. */
    public boolean heard() {
        boolean returned = !answered;
        heardAt = System.nanoTime();
        answered = true;
        return returned;
    }

    /** True when it had been felt before. */
    public boolean missed() {
        boolean lost = answered;
        answered = false;
        return lost;
    }
}
