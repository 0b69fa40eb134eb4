package dev.cadre.platform.organization.internal;

import dev.cadre.platform.organization.MembershipChanged;
import dev.cadre.platform.organization.OrganizationErasing;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Erases organizations whose time has come, in small transactions and each on one node. A node that dies in between leaves
 * a rest, which another one finds.
 */
@Component
public class Erasure extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(Erasure.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    private final ErasureRows rows;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;
    private final Secrets secrets;

    Erasure(ErasureRows rows, TransactionOperations transactions, ApplicationEventPublisher events, Secrets secrets) {
        super("erasure", PATIENCE);
        this.secrets = secrets;
        this.rows = rows;
        this.transactions = transactions;
        this.events = events;
    }

    /** Erases all whose time has come; one that fails waits for its lease's end and leaves the others their turn. */
    public void look() {
        try {
            Optional<OrganizationId> next;
            while ((next = rows.claim(LEASE)).isPresent()) {
                erase(next.get());
            }
        } catch (RuntimeException e) {
            log.debug("Organizations can't be erased now", e);
        }
    }

    private void erase(OrganizationId organization) {
        try {
            events.publishEvent(new OrganizationErasing(organization));
            // First of all rows: from now on nobody reads what is encrypted, wherever a copy of it may be.
            secrets.shred(organization);
            var tables = rows.tables();
            while (pass(tables, organization)) {
                log.debug("More of organization {} is left", organization);
            }
            transactions.executeWithoutResult(status -> {
                var members = rows.members(organization);
                rows.delete(organization);
                members.forEach(user -> events.publishEvent(new MembershipChanged(organization, user)));
                events.publishEvent(
                        Audited.of(null, "organization.erased", Subject.of("organization", organization, null)));
            });
            log.info("The organization {} was erased", organization);
        } catch (RuntimeException e) {
            log.warn("The organization {} is not erased yet and tried again: {}", organization, e.getMessage());
        }
    }

    /** Deletes some rows of each table; whether another pass is needed. */
    private boolean pass(List<String> tables, OrganizationId organization) {
        int deleted = 0;
        DataIntegrityViolationException blocked = null;
        for (var table : tables) {
            try {
                deleted += transactions.execute(status -> rows.delete(table, organization, BATCH));
            } catch (DataIntegrityViolationException e) {
                blocked = e; // rows of a table further on point at these
            }
            rows.renew(organization, LEASE);
        }
        if (deleted == 0 && blocked != null) {
            throw blocked;
        }
        return deleted > 0;
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
