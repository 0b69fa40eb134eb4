package dev.cadre.platform.shared;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Heavy work that anybody may ask for: this node does a few at once, and one for each who asks. Whoever comes meanwhile does
 * not wait with a connection in hand, but is told to come again.
 */
public final class FewAtOnce {

    private static final class Busy extends CadreException {
        Busy() {
            super(
                    Kind.LIMITED,
                    "busy",
                    "This is being done for you, or for many others, just now: try again in a moment.");
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(5);
        }
    }

    private final Semaphore places;
    private final Set<Object> busy = ConcurrentHashMap.newKeySet();

    public FewAtOnce(int most) {
        this.places = new Semaphore(most);
    }

    /** @throws CadreException {@code busy}, where it is being done for them or for as many others as may be */
    public <T, X extends Throwable> T run(Object who, ScopedValue.CallableOp<? extends T, X> work) throws X {
        if (!busy.add(who)) {
            throw new Busy();
        }
        try {
            if (!places.tryAcquire()) {
                throw new Busy();
            }
            try {
                return work.call();
            } finally {
                places.release();
            }
        } finally {
            busy.remove(who);
        }
    }
}
