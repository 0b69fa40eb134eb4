package dev.cadre.platform.shared;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** A component that does something again and again while the hub runs: it starts its {@link #clock}, and is stopped with the hub. */
public abstract class Clocked implements SmartLifecycle {

    protected final Clockwork clock;
    private final Duration patience;

    /**
     * @param name of the thread
     * @param patience how long stopping waits for what is under way
     */
    protected Clocked(String name, Duration patience) {
        this.clock = new Clockwork(name);
        this.patience = patience;
    }

    @Override
    public void stop() {
        clock.stop(patience);
    }

    @Override
    public final boolean isRunning() {
        return clock.isRunning();
    }
}
