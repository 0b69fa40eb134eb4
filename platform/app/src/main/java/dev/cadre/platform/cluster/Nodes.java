package dev.cadre.platform.cluster;

import dev.cadre.platform.cluster.internal.Link;
import java.util.List;
import org.springframework.stereotype.Component;

/** The nodes of this installation, as this one saw them at its last look, at most a second or two ago. */
@Component
public class Nodes {

    private final Node self;
    private final Link link;
    private volatile List<NodeStatus> all = List.of();
    private volatile boolean alone = true;

    Nodes(Node self, Link link) {
        this.self = self;
        this.link = link;
    }

    /** Whether nobody else works on this database. */
    public boolean alone() {
        return alone;
    }

    /** The living ones, the longest running first. */
    public List<NodeStatus> all() {
        return all;
    }

    public boolean isSelf(NodeStatus node) {
        return node.id().equals(self.id());
    }

    /** Whether messages reach it from here; without that it is told by the database, a little later. */
    public boolean isConnected(NodeStatus node) {
        return isSelf(node) || link.isConnected(node.id());
    }

    /** For the heartbeat only. */
    public void seen(List<NodeStatus> living) {
        all = List.copyOf(living);
        alone = living.stream().allMatch(this::isSelf);
    }
}
