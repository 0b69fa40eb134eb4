package dev.cadre.platform.cluster.internal;

import dev.cadre.platform.cluster.DatabasePulse;
import dev.cadre.platform.cluster.LoadMeter;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.cluster.NodeDied;
import dev.cadre.platform.cluster.NodeStatus;
import dev.cadre.platform.cluster.Nodes;
import dev.cadre.platform.database.DatabaseSettings;
import dev.cadre.platform.database.WalledPool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Keeps this node's row alive, sees who else lives and says who died. With a clock of its own: leases hang on it, so it beats
 * once before anything else starts, and is cut off under its lock when all else has stopped.
 */
@Component
class Heartbeat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** When this node lost its connection the others may have lost theirs: they have so many beats to come back. */
    private static final int GRACE_BEATS = 5;

    /** How long the others may take to come back to a PostgreSQL that has restarted. */
    private static final Duration AFTER_RESTART = Duration.ofSeconds(5);

    private final Node node;
    private final WalledPool pool;
    private final Environment environment;
    private final ApplicationEventPublisher events;
    private final Nodes nodes;
    private final LoadMeter load;
    private final Link link;
    private final DatabasePulse pulse;
    private final Duration afterRestart;
    private final Vitals vitals = new Vitals();
    private final String version;
    private Set<UUID> known = Set.of();
    private int grace;
    private volatile boolean ready;
    private @Nullable NodeRows rows;
    private volatile @Nullable ScheduledExecutorService clock;

    Heartbeat(
            Node node,
            WalledPool pool,
            DatabaseSettings database,
            Environment environment,
            ApplicationEventPublisher events,
            Nodes nodes,
            LoadMeter load,
            Link link,
            DatabasePulse pulse) {
        this.node = node;
        this.pool = pool;
        this.environment = environment;
        this.events = events;
        this.nodes = nodes;
        this.load = load;
        this.link = link;
        this.pulse = pulse;
        // An embedded one restarts with its only node.
        this.afterRestart = database.embedded() ? Duration.ZERO : AFTER_RESTART;
        this.version =
                Objects.requireNonNullElse(Heartbeat.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public void start() {
        var scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("heartbeat").daemon().factory());
        clock = scheduler;
        beat();
        scheduler.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the cluster says is looked into at once, not at the next beat. */
    @EventListener
    void on(Link.MembersChanged changed) {
        var running = clock;
        if (running != null) {
            running.execute(this::beat);
        }
    }

    /** The way to the others takes seconds of work, which the start of the hub needs more. */
    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        ready = true;
    }

    private synchronized void beat() {
        if (clock == null) {
            return;
        }
        try {
            look(connected());
            grace = Math.max(0, grace - 1);
            if (pulse.heard()) {
                log.info("The database answers the heartbeat");
            }
        } catch (SQLException | RuntimeException e) {
            disconnect();
            grace = GRACE_BEATS;
            if (pulse.missed()) {
                log.warn("The database did not answer the heartbeat: {}", e.getMessage());
            }
        }
    }

    /** After a beat over the connection that there is, or over a new one at once where that is broken. */
    private NodeRows connected() throws SQLException {
        var open = rows;
        if (open != null) {
            try {
                open.beat(self());
                return open;
            } catch (SQLException e) {
                log.debug("The heartbeat's connection broke", e);
                disconnect();
                grace = GRACE_BEATS;
            }
        }
        var fresh = NodeRows.open(pool);
        rows = fresh;
        fresh.beat(self());
        return fresh;
    }

    private NodeRows.Self self() {
        var port = environment.getProperty("local.server.port", environment.getProperty("server.port", ""));
        return new NodeRows.Self(
                node.id(), Machine.NAME + ":" + port, Machine.NAME, version, link.address(), load.read());
    }

    private void look(NodeRows open) throws SQLException {
        var living = new ArrayList<NodeStatus>();
        var gone = new HashSet<>(known);
        for (var one : open.look(afterRestart)) {
            var id = one.status().id();
            if (!id.equals(node.id()) && vitals.isDead(one, link.membership(id)) && grace == 0) {
                open.delete(id);
                gone.add(id);
            } else {
                living.add(one.status());
            }
        }
        known = living.stream().map(NodeStatus::id).collect(Collectors.toSet());
        // Gone is also whom another node has found dead, and who has signed off.
        gone.removeAll(known);
        vitals.keepOnly(known);
        nodes.seen(living);
        if (ready && !nodes.alone()) {
            link.open();
        }
        for (var dead : gone) {
            log.info("Node {} is gone, its work is taken over", dead);
            link.forget(dead);
            events.publishEvent(new NodeDied(dead));
        }
    }

    private void disconnect() {
        var open = rows;
        rows = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("The heartbeat's connection was broken", e);
            }
        }
    }

    @Override
    public void stop() {
        var running = clock;
        if (running == null) {
            return;
        }
        running.shutdownNow();
        synchronized (this) {
            clock = null;
            link.close();
            signOff();
        }
    }

    /** Without its row nothing that this node still does counts; others, or the next start, go on with its work. */
    private void signOff() {
        try {
            var open = rows;
            if (open != null) {
                open.delete(node.id());
            }
        } catch (SQLException e) {
            log.warn("This node could not sign off: {}", e.getMessage());
        }
        disconnect();
        nodes.seen(List.of());
        known = Set.of();
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Starts before and stops after everything that holds leases. */
    @Override
    public int getPhase() {
        return -1000;
    }
}
