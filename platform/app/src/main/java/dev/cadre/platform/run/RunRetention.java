package dev.cadre.platform.run;

import dev.cadre.platform.organization.DaysRow;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How long an organization keeps what has ended: as long as the operator does, or shorter. Never longer: the operator
 * answers for what is stored, and has said for how long.
 */
@Service
public class RunRetention {

    public static final int LEAST_DAYS = 1;
    public static final int MOST_DAYS = 3_650;

    /** In days; null where the organization has said nothing. */
    public record Days(
            @Nullable Integer runs,
            @Nullable Integer deadLetters,
            @Nullable Integer logs) {

        static final Days UNSAID = new Days(null, null, null);

        private static Days of(DaysRow.Said said) {
            return new Days(said.days(RUNS), said.days(DEAD_LETTERS), said.days(LOGS));
        }

        private Map<String, Integer> columns() {
            return said(RUNS, DEAD_LETTERS, LOGS);
        }

        private Map<String, Integer> told() {
            return said("runs", "deadLetters", "logs");
        }

        private Map<String, Integer> said(String runsName, String deadLettersName, String logsName) {
            var said = new LinkedHashMap<String, Integer>();
            say(said, runsName, runs);
            say(said, deadLettersName, deadLetters);
            say(said, logsName, logs);
            return said;
        }

        private static void say(Map<String, Integer> said, String what, @Nullable Integer days) {
            if (days != null) {
                said.put(what, days);
            }
        }
    }

    /** {@code revision} is 0 where the organization has said nothing. */
    public record Said(Days days, long revision) {}

    private static final String RUNS = "runs";
    private static final String DEAD_LETTERS = "dead_letters";
    private static final String LOGS = "logs";

    private final DaysRow rows;
    private final RetentionSettings settings;
    private final ApplicationEventPublisher events;

    RunRetention(JdbcClient jdbc, RetentionSettings settings, ApplicationEventPublisher events) {
        this.rows = new DaysRow(jdbc, "run_retention", List.of(RUNS, DEAD_LETTERS, LOGS));
        this.settings = settings;
        this.events = events;
    }

    public Said of(OrganizationId organization) {
        return rows.find(organization)
                .map(said -> new Said(Days.of(said), said.revision()))
                .orElse(new Said(Days.UNSAID, 0));
    }

    /** What holds where an organization wants {@code days} and the operator {@code bound}; empty for ever. */
    public static Optional<Duration> inForce(@Nullable Integer days, Optional<Duration> bound) {
        var own = Optional.ofNullable(days).map(Duration::ofDays);
        return own.isPresent() && bound.isPresent() && own.get().compareTo(bound.get()) > 0
                ? bound
                : own.or(() -> bound);
    }

    /** Empty where somebody else has changed it since the given revision. */
    @Transactional
    public Optional<Said> change(OrganizationId organization, Days days, long revision) {
        requireWithinBounds(days);
        var before = of(organization);
        if (!rows.write(organization, days.columns(), revision)) {
            return Optional.empty();
        }
        events.publishEvent(Audited.changed(
                organization,
                "organization.retention-changed",
                Subject.of("organization", organization, null),
                before.days().told(),
                days.told()));
        return Optional.of(of(organization));
    }

    private void requireWithinBounds(Days days) {
        var violations = new ArrayList<Violation>();
        check(violations, "/runs", days.runs(), settings.keepRuns());
        check(violations, "/deadLetters", days.deadLetters(), settings.keepDeadLetters());
        check(violations, "/logs", days.logs(), settings.keepLogs());
        if (!violations.isEmpty()) {
            throw RunException.invalid(violations);
        }
    }

    private static void check(
            ArrayList<Violation> violations, String pointer, @Nullable Integer days, Optional<Duration> bound) {
        if (days != null && bound.isPresent() && Duration.ofDays(days).compareTo(bound.get()) > 0) {
            long most = bound.get().toDays();
            violations.add(new Violation(
                    pointer,
                    most == 0
                            ? "Leave it empty: this hub keeps it for less than a day."
                            : "Must be at most " + most + ": this hub keeps it no longer."));
        }
    }
}
