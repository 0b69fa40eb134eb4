package dev.cadre.platform.database;

import dev.cadre.platform.shared.OrganizationId;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Says whose rows the database shows to what runs here. Within an organization PostgreSQL itself shows and accepts rows of
 * that organization only, whatever a statement asks for; outside of all, the hub works for everybody: it signs people in,
 * finds the webhook of a path, takes over tasks, deletes what is too old.
 */
public final class Walls {

    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private sealed interface Scope {}

    private record Within(OrganizationId organization) implements Scope {}

    private record Outside() implements Scope {}

    private Walls() {}

    /**
     * Runs the work with one organization's rows in sight.
     *
     * @throws IllegalStateException in the middle of another organization's transaction, which stays within its walls
     */
    public static <T, X extends Throwable> T within(
            OrganizationId organization, ScopedValue.CallableOp<? extends T, X> work) throws X {
        var wanted = new Within(organization);
        if (SCOPE.isBound() && SCOPE.get().equals(wanted)) {
            return work.call();
        }
        requireNoTransactionWithin();
        return ScopedValue.where(SCOPE, wanted).call(work);
    }

    /**
     * Runs the work of the hub itself, with every organization's rows in sight, out of a request of one organization.
     *
     * @throws IllegalStateException in the middle of an organization's transaction, which stays within its walls
     */
    public static <T, X extends Throwable> T outside(ScopedValue.CallableOp<? extends T, X> work) throws X {
        if (organization().isEmpty()) {
            return work.call();
        }
        requireNoTransactionWithin();
        return ScopedValue.where(SCOPE, new Outside()).call(work);
    }

    private static void requireNoTransactionWithin() {
        if (organization().isPresent() && TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction of one organization can't look outside of it");
        }
    }

    /** The organization that this thread works for, empty when the hub works for itself. */
    public static Optional<OrganizationId> organization() {
        return SCOPE.isBound() && SCOPE.get() instanceof Within(var organization)
                ? Optional.of(organization)
                : Optional.empty();
    }
}
