package dev.cadre.platform.live.internal;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.cluster.NodeDied;
import dev.cadre.platform.cluster.NodeJoined;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Passes events on to the nodes where somebody watches the organization that they belong to, and to no other: each node
 * says whose clients it has.
 */
@Component
class OtherNodes {

    private static final String EVENT = "live";
    private static final String WATCHED = "live-watched";

    private final Messages messages;
    private final Node node;
    private final Map<UUID, Set<OrganizationId>> watched = new ConcurrentHashMap<>();
    private volatile Set<OrganizationId> here = Set.of();

    OtherNodes(Messages messages, Node node) {
        this.messages = messages;
        this.node = node;
        messages.listen(WATCHED, this::learn);
    }

    /** What other nodes pass on: an organization and an event as clients get it. */
    void receive(Consumer<Event> receiver) {
        messages.listen(EVENT, text -> receiver.accept(Event.of(text)));
    }

    boolean watch(OrganizationId organization) {
        return !watched.isEmpty()
                && watched.values().stream().anyMatch(organizations -> organizations.contains(organization));
    }

    void pass(List<Event> events) {
        events.forEach(event -> messages.send(EVENT, event.text()));
    }

    /** Tells the others whose clients are here; also again and again, since a message may be lost. */
    void tell(Set<OrganizationId> organizations) {
        here = organizations;
        messages.send(
                WATCHED,
                node.id() + "\n"
                        + organizations.stream().map(OrganizationId::toString).collect(Collectors.joining(",")));
    }

    private void learn(String text) {
        int end = text.indexOf('\n');
        var other = UUID.fromString(text.substring(0, end));
        var organizations = Arrays.stream(text.substring(end + 1).split(","))
                .filter(id -> !id.isEmpty())
                .map(id -> new OrganizationId(UUID.fromString(id)))
                .collect(Collectors.toUnmodifiableSet());
        if (organizations.isEmpty()) {
            watched.remove(other);
        } else {
            watched.put(other, organizations);
        }
    }

    @EventListener
    void on(NodeJoined joined) {
        tell(here);
    }

    @EventListener
    void on(NodeDied died) {
        watched.remove(died.node());
    }
}
