package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.database.DatabaseSettings;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Bounds how many threads move runs at once to less than the pool has connections, first come first served: virtual
 * threads know no bound of their own, and thousands that finish at once would starve everybody else.
 */
@Component
class DatabaseGate {

    private final Semaphore places;

    DatabaseGate(DatabaseSettings settings) {
        places = new Semaphore(Math.max(2, settings.pool() * 3 / 4), true);
    }

    <T> T through(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
