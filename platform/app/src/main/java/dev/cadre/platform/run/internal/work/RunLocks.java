package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.shared.RunId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Lets one thread of this node at a time move a run, before it takes a database connection to do so. */
@Component
class RunLocks {

    private final ReentrantLock[] stripes = new ReentrantLock[1024];

    RunLocks() {
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    <T> T holding(RunId run, Supplier<T> work) {
        var lock = stripes[Math.floorMod(run.hashCode(), stripes.length)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
