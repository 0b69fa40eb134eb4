package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.OrganizationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Puts events that are committed into their chains: in batches, apart from what they tell of, one node at a time. */
@Component
class Chaining {

    private static final int ORGANIZATIONS = 100;
    private static final int EVENTS = 1_000;

    private final ChainRows rows;
    private final Seals seals;
    private final TransactionOperations transactions;

    /** The ends that this node has seen: one that was put back later is noticed. */
    private final Map<OrganizationId, Long> seen = new ConcurrentHashMap<>();

    Chaining(ChainRows rows, Seals seals, TransactionOperations transactions) {
        this.rows = rows;
        this.seals = seals;
        this.transactions = transactions;
    }

    /** All that waits; nothing where another node is at it. */
    int all() {
        int all = 0;
        while (true) {
            var ends = new HashMap<OrganizationId, Long>();
            Integer some = transactions.execute(status -> rows.isMine() ? batch(ends) : Integer.valueOf(0));
            ends.forEach((organization, end) -> seen.merge(organization, end, Math::max)); // committed only
            if (some == null || some == 0) {
                return all;
            }
            all += some;
        }
    }

    private Integer batch(Map<OrganizationId, Long> ends) {
        int linked = 0;
        for (var organization : rows.withOpen(ORGANIZATIONS)) {
            linked += batch(organization, ends);
        }
        return linked;
    }

    private int batch(OrganizationId organization, Map<OrganizationId, Long> ends) {
        var head = rows.head(organization);
        long position = head.map(ChainRows.Mark::position).orElse(0L);
        var hash = head.map(ChainRows.Mark::hash).orElseGet(() -> seals.beginning(organization));
        var events = new ArrayList<UUID>();
        var positions = new ArrayList<Long>();
        var hashes = new ArrayList<byte[]>();
        for (var open : rows.open(organization, EVENTS)) {
            position++;
            hash = seals.link(organization, position, hash, open.id(), open.seal());
            events.add(open.id());
            positions.add(position);
            hashes.add(hash);
        }
        if (events.isEmpty()) {
            return 0;
        }
        int linked = rows.link(organization, events, positions, hashes, seals.head(organization, position, hash));
        ends.put(organization, position);
        return linked;
    }

    /** The farthest end of the chain that this node knows of. */
    Optional<Long> seen(OrganizationId organization) {
        return Optional.ofNullable(seen.get(organization));
    }
}
