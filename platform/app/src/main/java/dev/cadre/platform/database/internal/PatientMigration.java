package dev.cadre.platform.database.internal;

import dev.cadre.platform.shared.SettingException;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Makes and changes the tables beside nodes that work. Whoever waits for a table keeps everybody waiting who comes after: so a
 * statement gives up after {@link #LOCK_TIMEOUT}, what it belongs to is rolled back, and it is tried again after a pause in
 * which the others go on. An index on a table that grows is built beside the others, by a script without a transaction.
 */
@Component
class PatientMigration implements FlywayMigrationStrategy {

    /** As PostgreSQL takes it; the owner's connections have it. */
    static final String LOCK_TIMEOUT = "5s";

    private static final int TRIES = 12;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Logger log = LoggerFactory.getLogger(PatientMigration.class);

    @Override
    public void migrate(Flyway flyway) {
        migrate(flyway, PatientMigration::pause);
    }

    static void migrate(Flyway flyway, Runnable pause) {
        for (int attempt = 1; ; attempt++) {
            try {
                forgetFailures(flyway);
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!isAboutLocks(e)) {
                    throw e;
                }
                if (attempt == TRIES) {
                    throw new SettingException(
                            "The database's tables can't be changed while others work with them: stop the nodes of the"
                                    + " older version, or whatever else holds locks in the database, and start again.",
                            e);
                }
                log.warn("The database's tables are in use and can't be changed yet: trying again ({})", attempt);
                pause.run();
            }
        }
    }

    /**
     * A failure is noted only of a script without a transaction, which builds indexes and clears away first what a try before
     * has left: so it may be tried again, also by the next start.
     */
    private static void forgetFailures(Flyway flyway) {
        try (var connection = flyway.getConfiguration().getDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    do $$ begin
                      if to_regclass('cadre.flyway_schema_history') is not null then
                        delete from cadre.flyway_schema_history where not success;
                      end if;
                    end $$""");
        } catch (SQLException e) {
            throw new FlywayException("What failed before can't be tried again", e);
        }
    }

    private static boolean isAboutLocks(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while tables were changed", e);
        }
    }
}
