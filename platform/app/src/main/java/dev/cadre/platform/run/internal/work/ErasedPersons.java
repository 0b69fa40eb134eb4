package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.internal.journal.ErasedPersonRows;
import dev.cadre.platform.run.internal.journal.PersonErased;
import dev.cadre.platform.shared.Clocked;
import java.time.Duration;
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
public class ErasedPersons extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(ErasedPersons.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The other transactions get the database in between. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private static final int PART = 2_000;

    private final ErasedPersonRows rows;
    private final DatabaseGate gate;
    private final TransactionOperations transactions;

    ErasedPersons(ErasedPersonRows rows, DatabaseGate gate, TransactionOperations transactions) {
        super("erased-persons", PATIENCE);
        this.rows = rows;
        this.gate = gate;
        this.transactions = transactions;
    }

    @TransactionalEventListener
    void on(PersonErased event) {
        clock.soon(this::forget);
    }

    private void forget() {
        try {
            while (part(PART)) {
                Thread.sleep(BREATH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Names of erased persons are taken out of runs later: {}", e.getMessage());
            letOthersBefore();
        }
    }

    private void letOthersBefore() {
        try {
            transactions.executeWithoutResult(_ -> rows.later());
        } catch (RuntimeException e) {
            log.debug("The database does not answer", e);
        }
    }

    /** One transaction with at most so many rows; false where nothing is left to do. */
    public boolean part(int most) {
        return Boolean.TRUE.equals(gate.through(() -> transactions.execute(status -> rows.part(most))));
    }

    @Override
    public void start() {
        clock.start(LOOK, this::forget);
    }
}
