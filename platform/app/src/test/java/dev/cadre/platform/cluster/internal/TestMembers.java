package dev.cadre.platform.cluster.internal;

import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import dev.cadre.platform.cluster.ClusterSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Members of a cluster inside the test's process, each told where those before it are. */
final class TestMembers implements AutoCloseable {

    static final byte[] KEY = new byte[32];

    private final List<HazelcastInstance> started = new ArrayList<>();
    private final List<String> addresses = new CopyOnWriteArrayList<>();

    HazelcastInstance start(byte[] key) throws IOException {
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var known = List.copyOf(addresses);
        var member = HazelcastSetup.start(
                new ClusterSettings("127.0.0.1", port, null),
                UUID.randomUUID(),
                "cadre-test",
                key,
                () -> known,
                new Deaf());
        started.add(member);
        var own = member.getCluster().getLocalMember().getAddress();
        addresses.add(own.getHost() + ":" + own.getPort());
        return member;
    }

    /** All that were started see each other, and have divided their data among them. */
    void meet() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> started.stream()
                        .allMatch(member -> member.getCluster().getMembers().size() == started.size()));
        started.forEach(member -> member.getMap(Buckets.MAP).size());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> started.stream()
                        .allMatch(member -> member.getPartitionService().isClusterSafe()));
    }

    @Override
    public void close() {
        started.forEach(member -> member.getLifecycleService().terminate());
    }

    private static final class Deaf implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            // Nothing to do.
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            // Nothing to do.
        }
    }
}
