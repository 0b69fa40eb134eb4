package dev.cadre.platform.cluster.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Decides which nodes are dead. There are three witnesses: the lock that goes with a node's process, the row that it
 * renews each second, and its membership in the cluster. Two of them must agree, or the row must have run out; a node
 * that is only cut off from the others goes on beating and is alive.
 */
final class Vitals {

    /** A row that was not renewed for so long, of a node that left the cluster, is a second witness. */
    static final Duration SILENCE = Duration.ofSeconds(6);

    /** What the cluster says of a node. */
    enum Membership {
        /** It was never seen as a member: the cluster says nothing. */
        UNKNOWN,
        PRESENT,
        GONE
    }

    private final Map<UUID, Boolean> suspects = new HashMap<>();

    /** To be asked once for each node at each look. */
    boolean isDead(NodeRows.Seen seen, Membership membership) {
        var id = seen.status().id();
        boolean free = seen.lockFree();
        boolean freeBefore = Boolean.TRUE.equals(suspects.put(id, free));
        boolean dead = seen.expired()
                || switch (membership) {
                    case PRESENT -> false;
                    case GONE -> free || seen.status().silent().compareTo(SILENCE) > 0;
                    case UNKNOWN -> free && freeBefore;
                };
        if (dead) {
            suspects.remove(id);
        }
        return dead;
    }

    /** Nodes that are no more need no memory. */
    void keepOnly(Collection<UUID> nodes) {
        suspects.keySet().retainAll(nodes);
    }
}
