package dev.cadre.platform.installation.web;

import dev.cadre.platform.cluster.NodeStatus;
import dev.cadre.platform.cluster.Nodes;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.PageOf;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The hubs that share the database. */
@RestController
class NodeController {

    private final Nodes nodes;

    NodeController(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * A living node.
     *
     * @param address host name and HTTP port
     * @param self whether it is the one that answers this request
     * @param connected whether the one that answers reaches it directly; otherwise they meet in the database only
     * @param leases tasks that it has taken: it works on some and the others wait for their time
     */
    record NodeView(
            UUID id,
            String address,
            String version,
            Instant startedAt,
            Instant lastHeartbeatAt,
            boolean self,
            boolean connected,
            int leases,
            LoadView load) {}

    /**
     * How busy it is.
     *
     * @param working tasks that it works on
     * @param waiting tasks that wait for their time
     * @param cpu share of the machine's cores, from 0 to 1
     * @param heapUsed bytes
     * @param heapMax bytes
     */
    record LoadView(int working, int waiting, double cpu, long heapUsed, long heapMax) {}

    @GetMapping("/api/v1/cluster/nodes")
    @Requires(Permission.NODE_READ)
    PageOf<NodeView> list() {
        return new PageOf<>(nodes.all().stream().map(this::view).toList(), null);
    }

    private NodeView view(NodeStatus node) {
        var load = node.load();
        return new NodeView(
                node.id(),
                node.address(),
                node.version(),
                node.startedAt(),
                node.beatAt(),
                nodes.isSelf(node),
                nodes.isConnected(node),
                load.working() + load.waiting(),
                new LoadView(load.working(), load.waiting(), load.cpu(), load.heapUsed(), load.heapMax()));
    }
}
