package dev.cadre.platform.connector.internal;

import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Tells the audit log which runs used the secrets of which connection. Counted in memory and told every half minute: a step
 * that uses one neither waits nor writes for it. A node that is stopped tells the rest, one that is killed loses it.
 */
@Component
class ConnectionUses extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(ConnectionUses.class);
    private static final Duration TELL = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So many runs are named, of the others the number. */
    private static final int NAMED = 50;

    private record Key(OrganizationId organization, ConnectionId connection, String name) {}

    private record Use(int times, Instant since, Set<String> runs) {

        Use and(String run) {
            var more = new LinkedHashSet<>(runs);
            if (more.size() < NAMED) {
                more.add(run);
            }
            return new Use(times + 1, since, more);
        }
    }

    private final Map<Key, Use> uses = new ConcurrentHashMap<>();
    private final ApplicationEventPublisher events;

    ConnectionUses(ApplicationEventPublisher events) {
        super("connection-uses", PATIENCE);
        this.events = events;
    }

    void count(ConnectionRow row, String run) {
        var key = new Key(row.organization(), row.id(), row.name());
        uses.compute(key, (_, use) -> use == null ? new Use(1, Instant.now(), Set.of(run)) : use.and(run));
    }

    void tell() {
        for (var key : List.copyOf(uses.keySet())) {
            var use = uses.remove(key);
            if (use != null && !tell(key, use)) {
                // Told with the next ones.
                uses.merge(
                        key,
                        use,
                        (newer, older) -> new Use(newer.times() + older.times(), older.since(), older.runs()));
            }
        }
    }

    private boolean tell(Key key, Use use) {
        try {
            events.publishEvent(Audited.of(
                            key.organization(),
                            "connection.used",
                            Subject.of("connection", key.connection(), key.name()),
                            Map.of(
                                    "times",
                                    use.times(),
                                    "since",
                                    use.since().toString(),
                                    "runs",
                                    List.copyOf(use.runs())))
                    .by(Actor.SYSTEM));
            return true;
        } catch (RuntimeException e) {
            log.debug("The use of connections can't be told to the audit log now", e);
            return false;
        }
    }

    @Override
    public void start() {
        clock.start(TELL, this::tell);
    }

    /** After the last steps have used them. */
    @Override
    public void stop() {
        super.stop();
        tell();
    }

    /** Stopped behind what works and what answers requests, which are in the phases near the highest. */
    @Override
    public int getPhase() {
        return 0;
    }
}
