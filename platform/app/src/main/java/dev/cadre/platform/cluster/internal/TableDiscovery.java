package dev.cadre.platform.cluster.internal;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells Hazelcast where the other nodes are: at the addresses that they wrote into the database. */
final class TableDiscovery extends AbstractDiscoveryStrategy {

    private final Supplier<List<String>> addresses;

    private TableDiscovery(ILogger logger, Supplier<List<String>> addresses) {
        super(logger, Map.of());
        this.addresses = addresses;
    }

    /** {@code addresses} gives {@code host:port} of each of the others; it is asked at each attempt to join. */
    static DiscoveryStrategyConfig config(Supplier<List<String>> addresses) {
        return new DiscoveryStrategyConfig(new Factory(addresses));
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        var nodes = new ArrayList<DiscoveryNode>();
        for (var address : addresses.get()) {
            int colon = address.lastIndexOf(':');
            try {
                nodes.add(new SimpleDiscoveryNode(
                        new Address(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))));
            } catch (UnknownHostException e) {
                getLogger().warning("The address of another node is not known here: " + address);
            }
        }
        return nodes;
    }

    private record Factory(Supplier<List<String>> addresses) implements DiscoveryStrategyFactory {

        @Override
        public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
            return TableDiscovery.class;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public DiscoveryStrategy newDiscoveryStrategy(
                DiscoveryNode self, ILogger logger, Map<String, Comparable> properties) {
            return new TableDiscovery(logger, addresses);
        }

        @Override
        public Collection<PropertyDefinition> getConfigurationProperties() {
            return List.of();
        }
    }
}
