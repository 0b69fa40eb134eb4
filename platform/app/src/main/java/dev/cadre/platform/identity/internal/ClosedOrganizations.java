package dev.cadre.platform.identity.internal;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.organization.DeletionChanged;
import dev.cadre.platform.organization.Deletions;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Knows which organizations are about to be deleted, without asking the database for every request: what it read counts for
 * a few seconds, and a change counts at once on this node and a moment later on the others.
 */
@Component
class ClosedOrganizations {

    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int MAX_ENTRIES = 20_000;
    private static final String CHANGED = "organization-deletion-changed";

    private record Entry(boolean closed, long readAt) {}

    private final Deletions deletions;
    private final Messages messages;
    private final ConcurrentHashMap<OrganizationId, Entry> known = new ConcurrentHashMap<>();

    ClosedOrganizations(Deletions deletions, Messages messages) {
        this.deletions = deletions;
        this.messages = messages;
        messages.listen(CHANGED, text -> known.remove(new OrganizationId(UUID.fromString(text))));
    }

    boolean contain(OrganizationId organization) {
        long now = System.nanoTime();
        var entry = known.get(organization);
        if (entry == null || now - entry.readAt() > FRESH) {
            if (known.size() >= MAX_ENTRIES) {
                known.clear();
            }
            entry = new Entry(deletions.isRequested(organization), now);
            known.put(organization, entry);
        }
        return entry.closed();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(DeletionChanged changed) {
        known.remove(changed.organization());
        messages.send(CHANGED, changed.organization().toString());
    }
}
