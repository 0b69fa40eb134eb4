package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.CadreException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells what will work again by itself from what will not. */
final class Outage {

    private Outage() {}

    /** Whether the hub is stopping or the database is away, be it deep inside of what failed. */
    static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean passing = switch (cause) {
                case CadreException told -> told.kind() == CadreException.Kind.UNAVAILABLE;
                case DataAccessResourceFailureException _,
                        RecoverableDataAccessException _,
                        TransientDataAccessException _,
                        TransactionException _,
                        SQLTransientException _,
                        SQLRecoverableException _ -> true;
                case SQLException sql -> isAway(String.valueOf(sql.getSQLState()));
                default -> false;
            };
            if (passing) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }
}
