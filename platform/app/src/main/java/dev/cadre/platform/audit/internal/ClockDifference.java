package dev.cadre.platform.audit.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Warns the operator where this machine's clock is not the database's, which all nodes share: events bear the time of the node
 * that wrote them.
 */
@Component
class ClockDifference {

    private static final Logger log = LoggerFactory.getLogger(ClockDifference.class);
    private static final Duration SAME = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Clock clock;

    ClockDifference(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether both tell the same time; where the database is away there is nothing to say. */
    boolean check() {
        try {
            var before = clock.instant();
            var theirs = jdbc.sql("select clock_timestamp()")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            var after = clock.instant();
            if (theirs.isBefore(before.minus(SAME)) || theirs.isAfter(after.plus(SAME))) {
                log.warn(
                        "This machine's clock differs from the database's by {}: let both follow the same time server,"
                                + " or the times in logs are not true",
                        Duration.between(before, theirs).abs());
                return false;
            }
        } catch (RuntimeException e) {
            log.debug("The database's clock can't be asked now", e);
        }
        return true;
    }
}
