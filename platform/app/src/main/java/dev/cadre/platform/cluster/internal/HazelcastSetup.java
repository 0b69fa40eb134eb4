package dev.cadre.platform.cluster.internal;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;
import dev.cadre.platform.cluster.ClusterSettings;
import io.github.bucket4j.grid.hazelcast.HazelcastProxyManager;
import java.util.EventListener;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Starts Hazelcast for members only: nothing but other nodes of this installation can speak to it, it listens on one
 * address, looks for others nowhere but in the database, and tells nobody that it is there.
 */
final class HazelcastSetup {

    static final String NODE = "node";

    /** Where the numbers of our serializers begin. */
    private static final int TYPE_IDS = 1_500;

    /** A bucket that nobody has touched for two minutes is full again; more than these come from somebody who makes up names. */
    private static final int MOST_LIMITS = 200_000;

    private HazelcastSetup() {}

    /** Blocks until it has joined the others or found nobody. */
    static HazelcastInstance start(
            ClusterSettings settings,
            UUID node,
            String clusterName,
            byte[] key,
            Supplier<List<String>> addresses,
            EventListener listener) {
        var config = new Config("cadre-" + node);
        config.setClusterName(clusterName);
        config.getMemberAttributeConfig().setAttribute(NODE, node.toString());
        config.addListenerConfig(new ListenerConfig(listener));
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
        HazelcastProxyManager.addCustomSerializers(config.getSerializationConfig(), TYPE_IDS);
        config.addMapConfig(limits());
        network(config, settings, addresses);
        quiet(config);
        quick(config);
        small(config);
        return HazelcastInstanceFactory.newHazelcastInstance(config, config.getInstanceName(), new Guarded(key));
    }

    private static void network(Config config, ClusterSettings settings, Supplier<List<String>> addresses) {
        var endpoint = new ServerSocketEndpointConfig()
                .setPort(settings.port())
                .setPortAutoIncrement(true)
                .setPublicAddress(settings.publicAddress())
                .setSocketInterceptorConfig(
                        new SocketInterceptorConfig().setEnabled(true).setClassName(Handshake.class.getName()));
        endpoint.getInterfaces()
                .setEnabled(true)
                .addInterface(settings.listenAddress().getHostAddress());
        var network = config.getAdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getDiscoveryConfig().addDiscoveryStrategyConfig(TableDiscovery.config(addresses));
        config.setProperty("hazelcast.discovery.enabled", "true");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.socket.client.bind", "false");
    }

    private static void quiet(Config config) {
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.logging.shutdown", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.setProperty("hazelcast.jmx", "false");
    }

    /** The defaults take minutes where the database has decided long ago. */
    private static void quick(Config config) {
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.max.join.seconds", "20");
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "8");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "5");
    }

    /** What is lost with a node is one minute's counting. */
    private static MapConfig limits() {
        return new MapConfig(Buckets.MAP)
                .setBackupCount(0)
                .setAsyncBackupCount(1)
                .setTimeToLiveSeconds((int) Buckets.MINUTE.multipliedBy(2).toSeconds())
                .setEvictionConfig(new EvictionConfig()
                        .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                        .setSize(MOST_LIMITS)
                        .setEvictionPolicy(EvictionPolicy.LRU));
    }

    /** It carries messages and hardly any data. */
    private static void small(Config config) {
        config.setProperty("hazelcast.partition.count", "31");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.operation.priority.generic.thread.count", "1");
        config.setProperty("hazelcast.event.thread.count", "1");
        config.setProperty("hazelcast.io.thread.count", "1");
        config.setProperty("hazelcast.operation.response.thread.count", "1");
    }

    /** Hazelcast's open edition asks its extension for a guard of its sockets; the default one has none to give. */
    private static final class Guarded extends DefaultNodeContext {

        private final Handshake handshake;

        Guarded(byte[] key) {
            this.handshake = new Handshake(key);
        }

        @Override
        public NodeExtension createNodeExtension(Node node) {
            return new DefaultNodeExtension(node) {
                @Override
                public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
                    return handshake;
                }
            };
        }
    }
}
