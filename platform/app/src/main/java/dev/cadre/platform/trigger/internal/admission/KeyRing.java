package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.connector.CallerConnections;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The keys that webhooks check their callers by, in memory: a request costs no look into the database. What is changed on
 * any node counts here after {@link Upkeep#LOOK} at the latest.
 */
@Component
class KeyRing {

    private static final long UNUSED = TimeUnit.HOURS.toNanos(1);
    private static final long NEVER = -1;

    private record Name(OrganizationId organization, WorkflowId workflow, String connection) {}

    private static final class Held {
        final Keys keys;
        volatile long usedAt;

        Held(Keys keys, long usedAt) {
            this.keys = keys;
            this.usedAt = usedAt;
        }
    }

    private final CallerConnections connections;
    private final Map<Name, Held> held = new ConcurrentHashMap<>();
    private long generation = NEVER;

    KeyRing(CallerConnections connections) {
        this.connections = connections;
    }

    /** No keys at all where the connection is missing. */
    Keys of(OrganizationId organization, WorkflowId workflow, String connection) {
        var name = new Name(organization, workflow, connection);
        var known = held.get(name);
        if (known == null) {
            return load(name);
        }
        known.usedAt = System.nanoTime();
        return known.keys;
    }

    /** Never while somebody looks: what is read here is older than no look, or known to the next one. */
    private synchronized Keys load(Name name) {
        var known = held.get(name);
        if (known != null) {
            return known.keys;
        }
        var keys = read(name);
        held.put(name, new Held(keys, System.nanoTime()));
        return keys;
    }

    /** Reads anew what may have changed; while the database is away, what was read before stays. */
    synchronized void look() {
        if (held.isEmpty()) {
            return;
        }
        long now = connections.generation();
        boolean changed = now != generation;
        for (var entry : held.entrySet()) {
            // a connection may be missing only because its plugin is
            if (changed || entry.getValue().keys.isEmpty()) {
                long usedAt = entry.getValue().usedAt;
                if (System.nanoTime() - usedAt > UNUSED) {
                    held.remove(entry.getKey());
                } else {
                    entry.setValue(new Held(read(entry.getKey()), usedAt));
                }
            }
        }
        generation = now;
    }

    private Keys read(Name name) {
        return Keys.of(connections.keys(name.organization(), name.workflow(), name.connection()));
    }
}
