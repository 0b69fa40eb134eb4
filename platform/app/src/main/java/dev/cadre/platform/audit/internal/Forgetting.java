package dev.cadre.platform.audit.internal;

import dev.cadre.platform.audit.AuditRetention;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes events that are older than their organization keeps them; the rest of the chain hangs on an anchor. */
@Component
class Forgetting {

    private static final int BATCH = 1_000;

    private final ChainRows rows;
    private final Seals seals;
    private final AuditRetention retention;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;

    Forgetting(
            ChainRows rows,
            Seals seals,
            AuditRetention retention,
            Clock clock,
            ApplicationEventPublisher events,
            TransactionOperations transactions) {
        this.rows = rows;
        this.seals = seals;
        this.retention = retention;
        this.clock = clock;
        this.events = events;
        this.transactions = transactions;
    }

    int all() {
        return rows.all().stream().mapToInt(this::of).sum();
    }

    int of(OrganizationId organization) {
        var before =
                clock.instant().minus(Duration.ofDays(retention.of(organization).days()));
        int all = 0;
        while (true) {
            Integer some = transactions.execute(status -> rows.isMine()
                    ? rows.old(organization, before, BATCH)
                            .map(old -> forget(organization, old))
                            .orElse(0)
                    : Integer.valueOf(0));
            if (some == null || some == 0) {
                return all;
            }
            all += some;
        }
    }

    private Integer forget(OrganizationId organization, ChainRows.Old old) {
        int forgotten = rows.forget(organization, old, seals.anchor(organization, old.position(), old.hash()));
        events.publishEvent(Audited.of(
                        organization,
                        "audit.forgotten",
                        Subject.of("audit-log", organization, null),
                        Map.of("events", forgotten, "upToPosition", old.position()))
                .by(Actor.SYSTEM));
        return forgotten;
    }
}
