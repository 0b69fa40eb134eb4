package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.internal.journal.ErasedPersonRows;
import dev.cadre.platform.run.internal.journal.PersonErased;
import dev.cadre.platform.shared.InParts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes the names of persons who are gone out of decisions and logs, in small transactions: as soon as an account is erased,
 * and what a node has left undone later, on any of them.
 */
@Component
public class ErasedPersons extends InParts {

    private static final Logger log = LoggerFactory.getLogger(ErasedPersons.class);
    private static final int PART = 2_000;

    private final ErasedPersonRows rows;
    private final DatabaseGate gate;
    private final TransactionOperations transactions;

    ErasedPersons(ErasedPersonRows rows, DatabaseGate gate, TransactionOperations transactions) {
        super("erased-persons", PART);
        this.rows = rows;
        this.gate = gate;
        this.transactions = transactions;
    }

    @TransactionalEventListener
    void on(PersonErased event) {
        soon();
    }

    @Override
    protected void failed(RuntimeException e) {
        log.warn("Names of erased persons are taken out of runs later: {}", e.getMessage());
        letOthersBefore();
    }

    private void letOthersBefore() {
        try {
            transactions.executeWithoutResult(_ -> rows.later());
        } catch (RuntimeException e) {
            log.debug("The database does not answer", e);
        }
    }

    @Override
    protected boolean part(int most) {
        return Boolean.TRUE.equals(gate.through(() -> transactions.execute(status -> rows.part(most))));
    }
}
