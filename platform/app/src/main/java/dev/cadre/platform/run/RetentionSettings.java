package dev.cadre.platform.run;

import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what has ended is kept: an ISO 8601 time from an hour on, as {@code P90D} or {@code PT12H}, or {@code forever}.
 *
 * @param runs {@code CADRE_RETENTION_RUNS}: runs that succeeded or were cancelled, with their tasks
 * @param deadLetters {@code CADRE_RETENTION_DEAD_LETTERS}: failed runs that nobody has dealt with
 * @param logs {@code CADRE_RETENTION_LOGS}: what steps of ended runs have logged
 */
@ConfigurationProperties("cadre.retention")
public record RetentionSettings(
        @DefaultValue("P365D") String runs,
        @DefaultValue("P365D") String deadLetters,
        @DefaultValue("P30D") String logs) {

    private static final String FOREVER = "forever";
    private static final Duration LEAST = Duration.ofHours(1);

    public RetentionSettings {
        runs = runs.strip();
        deadLetters = deadLetters.strip();
        logs = logs.strip();
        parsed("CADRE_RETENTION_RUNS", runs);
        parsed("CADRE_RETENTION_DEAD_LETTERS", deadLetters);
        parsed("CADRE_RETENTION_LOGS", logs);
    }

    /** Empty for ever. */
    public Optional<Duration> keepRuns() {
        return parsed("CADRE_RETENTION_RUNS", runs);
    }

    /** Empty for ever. */
    public Optional<Duration> keepDeadLetters() {
        return parsed("CADRE_RETENTION_DEAD_LETTERS", deadLetters);
    }

    /** Empty for ever. */
    public Optional<Duration> keepLogs() {
        return parsed("CADRE_RETENTION_LOGS", logs);
    }

    private static Optional<Duration> parsed(String name, String text) {
        if (text.equals(FOREVER)) {
            return Optional.empty();
        }
        try {
            var time = text.contains("T")
                    ? Duration.parse(text)
                    : Duration.ofDays(Period.parse(text).toTotalMonths() * 30L
                            + Period.parse(text).getDays());
            if (time.compareTo(LEAST) >= 0) {
                return Optional.of(time);
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // said below
        }
        throw new SettingException(
                name + " must be a time of at least an hour, as P90D or PT12H, or forever, not '" + text + "'.");
    }
}
