package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.trigger.internal.WebhookRows.Armed;
import dev.cadre.platform.workflow.Workflows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/**
 * Where each webhook leads, in memory. A path that is known costs no round trip to the database. What another node
 * changes is known here after {@link Arming#LOOK} at the latest, since the table's generation is looked at that
 * often; what this node has changed counts from its commit on.
 */
public class Routes {

    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    /** Between two looks that requests for unknown paths ask for, and between a look that failed and the next one. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** Before a webhook that could not be armed is tried again, although nothing has changed. */
    private static final long RETRY = TimeUnit.SECONDS.toNanos(30);

    private static final long NEVER = -1;

    private final WebhookRows rows;
    private final Workflows workflows;
    private final Bindings bindings;
    private final RunStarter starter;
    private final LongSupplier nanoTime;

    private volatile Map<String, Map<String, Route>> routes = Map.of();
    /** Paths whose meaning this node has changed since the table was read, each with a token of its change. */
    private final Map<String, Object> changed = new ConcurrentHashMap<>();
    /** Of the table when it was read. */
    private volatile long generation = NEVER;
    /** When a request for an unknown path had it looked at last; null for never. */
    private volatile @Nullable Long missedAt;
    /** When a look failed, null when the last one succeeded. */
    private volatile @Nullable Long failedAt;

    private Map<Armed, Route> known = Map.of();
    private Set<Armed> broken = Set.of();
    private long readAt;

    Routes(WebhookRows rows, Workflows workflows, Bindings bindings, RunStarter starter, LongSupplier nanoTime) {
        this.rows = rows;
        this.workflows = workflows;
        this.bindings = bindings;
        this.starter = starter;
        this.nanoTime = nanoTime;
    }

    /** What a request leads to; throws (503) while that can't be known because the database is away. */
    public Optional<Route> find(String path, String method) {
        if (generation == NEVER || !changed.isEmpty() && changed.containsKey(path)) {
            catchUp(path);
        }
        var found = in(path, method);
        if (found == null && routes.get(path) == null && !recently(missedAt)) {
            // Another node may have published it just now.
            lookForMissed();
            found = in(path, method);
        }
        return Optional.ofNullable(found);
    }

    private @Nullable Route in(String path, String method) {
        var methods = routes.get(path);
        if (methods == null) {
            return null;
        }
        var route = methods.get(method);
        return route == null ? methods.get("*") : route;
    }

    /** The methods that a path answers, empty for an unknown path. */
    public SortedSet<String> methods(String path) {
        return new TreeSet<>(routes.getOrDefault(path, Map.of()).keySet());
    }

    /** This node has committed a change of what the paths mean. */
    void changed(Set<String> paths) {
        for (var path : paths) {
            changed.put(path, new Object());
        }
    }

    /** Reads the table where it has changed since it was read last. */
    synchronized void look() {
        var mine = Map.copyOf(changed);
        try {
            // The generation is read first: rows that are newer than it are read once more, never missed.
            long now = rows.generation();
            if (now != generation || !mine.isEmpty() || isRetryDue()) {
                read();
                generation = now;
            }
            failedAt = null;
        } catch (RuntimeException e) {
            failedAt = nanoTime.getAsLong();
            throw e;
        }
        mine.forEach(changed::remove);
    }

    /** One caller looks, the others wait for what it finds. */
    private synchronized void catchUp(String path) {
        if (generation != NEVER && !changed.containsKey(path)) {
            return;
        }
        if (recently(failedAt)) {
            throw new DataAccessResourceFailureException("The webhooks could not be read a moment ago");
        }
        look();
    }

    private synchronized void lookForMissed() {
        if (!recently(missedAt)) {
            missedAt = nanoTime.getAsLong();
            look();
        }
    }

    private boolean recently(@Nullable Long time) {
        return time != null && nanoTime.getAsLong() - time < PAUSE;
    }

    private boolean isRetryDue() {
        return !broken.isEmpty() && nanoTime.getAsLong() - readAt > RETRY;
    }

    private void read() {
        var nextRoutes = new HashMap<String, Map<String, Route>>();
        var nextKnown = new HashMap<Armed, Route>();
        var nextBroken = new HashSet<Armed>();
        for (var armed : rows.all()) {
            var route = known.containsKey(armed) ? known.get(armed) : prepared(armed);
            if (route == null) {
                nextBroken.add(armed);
                continue;
            }
            nextKnown.put(armed, route);
            nextRoutes.computeIfAbsent(armed.path(), _ -> new HashMap<>()).put(armed.method(), route);
        }
        known = nextKnown;
        broken = nextBroken;
        readAt = nanoTime.getAsLong();
        routes = Map.copyOf(nextRoutes);
    }

    private @Nullable Route prepared(Armed armed) {
        try {
            var definition = workflows.version(armed.organization(), armed.workflow(), armed.version());
            starter.prepare(definition);
            // Without its plugin nobody knows who may call: then nobody may.
            return bindings.route(definition, armed.element()).orElseThrow(TriggerException::notReady);
        } catch (DataAccessException | TransactionException e) {
            throw e; // the database is away: what was read before stays
        } catch (RuntimeException e) {
            if (!broken.contains(armed)) {
                log.error("The webhook {} of workflow {} can't be armed", armed.path(), armed.workflow(), e);
            }
            return null;
        }
    }
}
