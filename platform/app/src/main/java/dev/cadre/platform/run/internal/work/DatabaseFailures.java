package dev.cadre.platform.run.internal.work;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Tells a database that is away, or restarting, from one that refuses. */
final class DatabaseFailures {

    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "25006");

    private DatabaseFailures() {}

    /** Does the work, again and again while the database is away and the hub is open. */
    static boolean patiently(BooleanSupplier open, BooleanSupplier work) {
        for (long pause = 50; ; pause = Math.min(pause * 2, 2_000)) {
            try {
                return work.getAsBoolean();
            } catch (RuntimeException e) {
                if (!isAway(e) || !open.getAsBoolean()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(pause * 1_000_000);
        }
    }

    static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("08") || AWAY.contains(sql.getSQLState());
            }
        }
        return false;
    }
}
