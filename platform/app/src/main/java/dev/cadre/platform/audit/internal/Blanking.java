package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.InParts;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes out of the log where persons who are gone acted from, in small transactions: as soon as an account is erased, and what
 * a node has left undone later, on any of them. The chain holds the commitment to it, and goes on holding.
 */
@Component
class Blanking extends InParts {

    /** Somebody's account goes in this transaction. */
    record Asked() {}

    private record Work(OrganizationId log, UUID actor, UUID behind) {}

    private static final Logger log = LoggerFactory.getLogger(Blanking.class);
    private static final int PART = 1_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;

    Blanking(JdbcClient jdbc, TransactionOperations transactions, ApplicationEventPublisher events) {
        super("audit-blanking", PART);
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
    }

    /** Within the transaction that erases the account; done after it. */
    void ask(OrganizationId log, UUID actor) {
        jdbc.sql("insert into audit_to_blank (organization_id, actor_id) values (?, ?) on conflict do nothing")
                .params(log.value(), actor)
                .update();
        events.publishEvent(new Asked());
    }

    @TransactionalEventListener
    void on(Asked asked) {
        soon();
    }

    @Override
    protected void failed(RuntimeException e) {
        log.warn("Where erased persons acted from is taken out of the audit log later: {}", e.getMessage());
    }

    /** Of somebody whom no other node works for. */
    @Override
    protected boolean part(int most) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            var work = next();
            work.ifPresent(some -> blank(some, most));
            return work.isPresent();
        }));
    }

    private Optional<Work> next() {
        return jdbc.sql("select organization_id, actor_id, behind from audit_to_blank limit 1 for update skip locked")
                .query((row, _) -> new Work(
                        new OrganizationId(row.getObject(1, UUID.class)),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class)))
                .optional();
    }

    private void blank(Work work, int most) {
        var last = jdbc.sql("select audit_blank_part(?, ?, ?, ?) as last")
                .params(work.log().value(), work.actor(), work.behind(), most)
                .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single();
        var done = last.isPresent()
                ? jdbc.sql("update audit_to_blank set behind = ? where organization_id = ? and actor_id = ?")
                        .param(last.get())
                : jdbc.sql("delete from audit_to_blank where organization_id = ? and actor_id = ?");
        done.param(work.log().value()).param(work.actor()).update();
    }
}
