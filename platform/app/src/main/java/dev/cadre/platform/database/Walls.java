package dev.cadre.platform.database;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Says whose rows the database shows to what runs here. Within an organization PostgreSQL itself shows and accepts rows of
 * that organization only, whatever a statement asks for, and for who is not in all its projects those of other projects
 * neither. Outside of all, the hub works for everybody: it signs people in, finds the webhook of a path, takes over tasks,
 * deletes what is too old.
 */
public final class Walls {

    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    /**
     * What is in sight.
     *
     * @param organization null for everything
     * @param member whose projects; null for all of the organization
     */
    record Scope(
            @Nullable OrganizationId organization, @Nullable UserId member) {

        static final Scope ALL = new Scope(null, null);
    }

    private Walls() {}

    /**
     * Runs the work with one organization's rows in sight, those of all its projects.
     *
     * @throws IllegalStateException in the middle of a transaction that sees something else, which stays within its walls
     */
    public static <T, X extends Throwable> T within(
            OrganizationId organization, ScopedValue.CallableOp<? extends T, X> work) throws X {
        return in(new Scope(organization, null), work);
    }

    /**
     * Runs the work with what a member sees of an organization who does not see all of its projects: what belongs to no
     * project, and to those that the member is in.
     *
     * @throws IllegalStateException in the middle of a transaction that sees something else, which stays within its walls
     */
    public static <T, X extends Throwable> T withinProjectsOf(
            UserId member, OrganizationId organization, ScopedValue.CallableOp<? extends T, X> work) throws X {
        return in(new Scope(organization, member), work);
    }

    /**
     * Runs the work of the hub itself, with every organization's rows in sight, out of a request of one organization.
     *
     * @throws IllegalStateException in the middle of an organization's transaction, which stays within its walls
     */
    public static <T, X extends Throwable> T outside(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return in(Scope.ALL, work);
    }

    /**
     * Runs what goes on for the organization as a whole out of a request of somebody who does not see all of it, as when a
     * run moves on. Whether the caller may see what it is about was asked before.
     *
     * @throws IllegalStateException in the middle of such a request's transaction, which stays within its walls
     */
    public static <T, X extends Throwable> T withinAllProjects(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return in(new Scope(scope().organization(), null), work);
    }

    private static <T, X extends Throwable> T in(Scope wanted, ScopedValue.CallableOp<? extends T, X> work) throws X {
        var current = scope();
        if (current.equals(wanted)) {
            return work.call();
        }
        if (current.organization() != null && TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction of one organization can't look outside of it");
        }
        return ScopedValue.where(SCOPE, wanted).call(work);
    }

    /** The same work for another thread: with in sight what is in sight here and now. */
    public static <T> Callable<T> carried(Callable<T> work) {
        var current = scope();
        return () -> ScopedValue.where(SCOPE, current).call(work::call);
    }

    /** The organization that this thread works for, empty when the hub works for itself. */
    public static Optional<OrganizationId> organization() {
        return Optional.ofNullable(scope().organization());
    }

    /** Whether this thread works for somebody who does not see all projects: what is in memory is no answer for them. */
    public static boolean hideProjects() {
        return scope().member() != null;
    }

    static Scope scope() {
        return SCOPE.isBound() ? SCOPE.get() : Scope.ALL;
    }
}
