package dev.cadre.platform.shared;

import java.time.Duration;

/**
 * Does long work in small transactions, as soon as it is asked for; what a node has left undone is done later, on any of them.
 */
public abstract class InParts extends Clocked {

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The other transactions get the database in between. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final int most;

    /**
     * @param name of the thread
     * @param most how many rows a part has
     */
    protected InParts(String name, int most) {
        super(name, PATIENCE);
        this.most = most;
    }

    /** One transaction with at most so many rows; false where nothing is left to do. */
    protected abstract boolean part(int most);

    /** A part could not be done: the rest is left for later. */
    protected abstract void failed(RuntimeException e);

    protected final void soon() {
        clock.soon(this::all);
    }

    private void all() {
        try {
            while (part(most)) {
                Thread.sleep(BREATH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public final void start() {
        clock.start(LOOK, this::all);
    }
}
