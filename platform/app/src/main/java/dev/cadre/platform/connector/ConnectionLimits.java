package dev.cadre.platform.connector;

import dev.cadre.platform.connector.internal.ConnectionLimitRows;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many steps may work with a connection. The limits are few and known in memory, so that a step whose connection has
 * none asks nobody; what is changed counts on every node within a second or two.
 */
@Service
public class ConnectionLimits {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * What may be asked of one connection.
     *
     * @param maxConcurrent how many steps work with it at once, null for any number
     * @param ratePerMinute how many attempts begin within a minute, null for any number
     */
    public record Limit(
            ConnectionId connection,
            OrganizationId organization,
            String name,
            @Nullable Integer maxConcurrent,
            @Nullable Integer ratePerMinute) {}

    private record Known(List<Limit> limits, long at) {}

    private final ConnectionLimitRows rows;
    private final ApplicationEventPublisher events;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    ConnectionLimits(ConnectionLimitRows rows, ApplicationEventPublisher events) {
        this.events = events;
        this.rows = rows;
    }

    /** The limit of the connection that a step names; empty where it has none. */
    public Optional<Limit> of(OrganizationId organization, String nameOrId) {
        return limits().stream()
                .filter(limit -> limit.organization().equals(organization)
                        && (limit.name().equals(nameOrId)
                                || limit.connection().toString().equalsIgnoreCase(nameOrId)))
                .findFirst();
    }

    public Optional<Limit> of(ConnectionId connection) {
        return limits().stream()
                .filter(limit -> limit.connection().equals(connection))
                .findFirst();
    }

    /** Refuses (404) a connection that the organization does not have. */
    public Limit get(OrganizationId organization, ConnectionId connection) {
        return rows.find(organization, connection).orElseThrow(ConnectionException::notFound);
    }

    /** Takes null for no limit. Refuses (404) a connection that the organization does not have. */
    @Transactional
    public Limit change(
            OrganizationId organization,
            ConnectionId connection,
            @Nullable Integer maxConcurrent,
            @Nullable Integer ratePerMinute) {
        var before = get(organization, connection);
        if (!rows.change(organization, connection, maxConcurrent, ratePerMinute)) {
            throw ConnectionException.notFound();
        }
        known.set(null);
        var after = get(organization, connection);
        events.publishEvent(Audited.changed(
                organization,
                "connection.limits-changed",
                Subject.of("connection", connection, after.name()),
                facts(before),
                facts(after)));
        return after;
    }

    private static Map<String, @Nullable Object> facts(Limit limit) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("maxConcurrent", limit.maxConcurrent());
        facts.put("ratePerMinute", limit.ratePerMinute());
        return facts;
    }

    private List<Limit> limits() {
        var now = System.nanoTime();
        var seen = known.get();
        if (seen == null || now - seen.at() > FRESH_NANOS) {
            // whoever asks first asks for all
            seen = new Known(Walls.outside(rows::all), now);
            known.set(seen);
        }
        return seen.limits();
    }
}
