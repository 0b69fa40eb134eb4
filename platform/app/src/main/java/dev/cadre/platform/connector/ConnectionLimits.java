package dev.cadre.platform.connector;

import dev.cadre.platform.connector.internal.ConnectionLimitRows;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

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
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    ConnectionLimits(ConnectionLimitRows rows) {
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
    public Limit change(
            OrganizationId organization,
            ConnectionId connection,
            @Nullable Integer maxConcurrent,
            @Nullable Integer ratePerMinute) {
        if (!rows.change(organization, connection, maxConcurrent, ratePerMinute)) {
            throw ConnectionException.notFound();
        }
        known.set(null);
        return get(organization, connection);
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
