package dev.cadre.platform.cluster.internal;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.topic.ITopic;
import dev.cadre.platform.cluster.ClusterSettings;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.cluster.NodeJoined;
import dev.cadre.platform.secret.MasterKey;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The fast way among nodes. It is opened when the database shows a second node, so that a hub alone pays nothing for it,
 * and nothing but speed depends on it.
 */
@Component
public class Link {

    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final String TOPIC = "cadre";
    private static final long RETRY_NANOS = 30_000_000_000L;

    /** The cluster has changed: it is time to look at the database. */
    public record MembersChanged() {}

    private final Node node;
    private final ClusterSettings settings;
    private final MasterKey masterKey;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final AtomicBoolean opening = new AtomicBoolean();
    private final Set<UUID> met = ConcurrentHashMap.newKeySet();
    private volatile Set<UUID> members = Set.of();
    private volatile long openedAt = System.nanoTime() - RETRY_NANOS;
    private volatile Consumer<String[]> receiver = _ -> {};
    private volatile @Nullable HazelcastInstance hazelcast;
    private volatile @Nullable ITopic<String[]> topic;
    private volatile @Nullable String address;

    Link(
            Node node,
            ClusterSettings settings,
            MasterKey masterKey,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.node = node;
        this.settings = settings;
        this.masterKey = masterKey;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** Opens the way on a thread of its own; does nothing where it is open, or failed a moment ago. */
    void open() {
        if (hazelcast == null && System.nanoTime() - openedAt >= RETRY_NANOS && opening.compareAndSet(false, true)) {
            openedAt = System.nanoTime();
            Thread.ofPlatform().name("cluster-link").daemon().start(this::join);
        }
    }

    private void join() {
        try {
            // One node at a time: two that start at once would not see each other and found two clusters.
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("select pg_advisory_xact_lock(hashtextextended('cluster-link', 15))")
                        .query((_, _) -> 1)
                        .single();
                var started = start();
                hazelcast = started;
                topic = subscribed(started);
                // Data is divided among the nodes when it is asked for first, which takes a moment: now, not in a
                // request.
                int limits = started.getMap(Buckets.MAP).size();
                log.debug("{} limits are being counted among the nodes", limits);
                var own = started.getCluster().getLocalMember().getAddress();
                address = own.getHost() + ":" + own.getPort();
                jdbc.sql("update node set cluster_address = ? where id = ?")
                        .params(address, node.id())
                        .update();
            });
            membersChanged();
            log.info("This node listens to the others at {}", address);
        } catch (RuntimeException e) {
            log.warn("The fast way to other nodes can't be opened, the database serves alone: {}", e.getMessage());
        } finally {
            opening.set(false);
        }
    }

    private HazelcastInstance start() {
        var installation =
                jdbc.sql("select id from installation").query(UUID.class).single();
        var name = masterKey.derive("cluster-name/" + installation, 8);
        return HazelcastSetup.start(
                settings,
                node.id(),
                "cadre-" + HexFormat.of().formatHex(name),
                masterKey.derive("cluster/" + installation, 32),
                this::addresses,
                new Listener());
    }

    private ITopic<String[]> subscribed(HazelcastInstance started) {
        ITopic<String[]> subscribed = started.getTopic(TOPIC);
        subscribed.addMessageListener(message -> {
            var from = message.getPublishingMember();
            if (from != null && !from.localMember()) {
                receiver.accept(message.getMessageObject());
            }
        });
        return subscribed;
    }

    /** Where the others can be reached from here; the loopback only on the same machine. */
    private List<String> addresses() {
        boolean local = settings.listenAddress().isLoopbackAddress();
        return jdbc
                .sql("select cluster_address, host from node where id <> ? and cluster_address is not null")
                .param(node.id())
                .query((row, _) -> reachable(row.getString(1), row.getString(2), local) ? row.getString(1) : "")
                .list()
                .stream()
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static boolean reachable(String address, String host, boolean fromLoopback) {
        boolean loopback =
                address.startsWith("127.") || address.startsWith("[::1]") || address.startsWith("localhost:");
        return loopback == fromLoopback && (!loopback || host.equals(Machine.NAME));
    }

    /** Where the others reach this node, null while they can't. */
    @Nullable
    String address() {
        return address;
    }

    public boolean isConnected(UUID other) {
        return members.contains(other);
    }

    Vitals.Membership membership(UUID other) {
        return members.contains(other)
                ? Vitals.Membership.PRESENT
                : met.contains(other) ? Vitals.Membership.GONE : Vitals.Membership.UNKNOWN;
    }

    /** What the others send; must not block. */
    public void receive(Consumer<String[]> messages) {
        receiver = messages;
    }

    /** Where data is shared with the other nodes; null while there are none. */
    @Nullable
    HazelcastInstance shared() {
        return members.isEmpty() ? null : hazelcast;
    }

    public boolean hasOthers() {
        return !members.isEmpty();
    }

    public void publish(String[] message) {
        var open = topic;
        if (open != null) {
            open.publish(message);
        }
    }

    /** A node that signs off goes without a farewell: its row is gone already. */
    void close() {
        var open = hazelcast;
        closed();
        if (open != null) {
            open.getLifecycleService().terminate();
        }
    }

    /** Also where Hazelcast gives up by itself; it is opened anew then. */
    private void closed() {
        hazelcast = null;
        topic = null;
        address = null;
        members = Set.of();
    }

    private void membersChanged() {
        var open = hazelcast;
        if (open == null) {
            return;
        }
        var before = members;
        var now = new HashSet<UUID>();
        for (Member member : open.getCluster().getMembers()) {
            var id = member.getAttribute(HazelcastSetup.NODE);
            if (!member.localMember() && id != null) {
                now.add(UUID.fromString(id));
            }
        }
        met.addAll(now);
        members = Set.copyOf(now);
        now.removeAll(before);
        now.forEach(joined -> events.publishEvent(new NodeJoined(joined)));
        events.publishEvent(new MembersChanged());
    }

    void forget(UUID gone) {
        met.remove(gone);
    }

    private final class Listener implements MembershipListener, LifecycleListener {

        @Override
        public void stateChanged(LifecycleEvent event) {
            switch (event.getState()) {
                case MERGED -> membersChanged();
                case SHUTDOWN -> closed();
                default -> {}
            }
        }

        @Override
        public void memberAdded(MembershipEvent event) {
            membersChanged();
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            membersChanged();
        }
    }
}
