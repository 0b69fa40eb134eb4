package dev.cadre.platform.run.internal.work;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tells a database that is away, or restarting, from one that refuses. */
final class DatabaseFailures {

    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "25006");

    private DatabaseFailures() {}

    /**
     * Does the work, again and again while the database is away and the hub is open. An interrupt waits until it is done:
     * what is written this way is paid for.
     */
    static <T> T patiently(BooleanSupplier open, Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            for (long pause = 50; ; pause = Math.min(pause * 2, 2_000)) {
                try {
                    return work.get();
                } catch (RuntimeException e) {
                    boolean cutOff = Thread.interrupted();
                    interrupted |= cutOff;
                    if (!(cutOff || isAway(e)) || !open.getAsBoolean()) {
                        throw e;
                    }
                }
                interrupted |= pause(pause);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for so long also when interrupted, and says whether it was. */
    static boolean pause(long millis) {
        boolean interrupted = false;
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        return interrupted;
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
