package dev.cadre.platform.run.internal.work;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Does work by key, one at a time: asked for while it is at work it is done once more, however often it was asked for. */
final class Turns<K> {

    private final String name;
    private final Map<K, Boolean> again = new ConcurrentHashMap<>();

    Turns(String name) {
        this.name = name;
    }

    /** The work must not throw. */
    void soon(K key, Runnable work) {
        var before = again.put(key, true);
        if (before != null) {
            return;
        }
        Thread.ofVirtual().name(name).start(() -> {
            do {
                again.put(key, false);
                work.run();
            } while (!again.remove(key, false));
        });
    }
}
