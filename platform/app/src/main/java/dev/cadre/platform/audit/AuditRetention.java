package dev.cadre.platform.audit;

import dev.cadre.platform.organization.DaysRow;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How long an organization keeps its audit log. */
@Service
public class AuditRetention {

    /** Three years, where an organization says nothing, and for the installation's own log. */
    public static final int USUAL_DAYS = 1_095;

    public static final int LEAST_DAYS = 30;
    public static final int MOST_DAYS = 3_650;

    /** {@code revision} is 0 where the organization has said nothing. */
    public record Kept(int days, long revision) {}

    private static final String DAYS = "days";

    private final DaysRow rows;
    private final ApplicationEventPublisher events;

    AuditRetention(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.rows = new DaysRow(jdbc, "audit_retention", List.of(DAYS));
        this.events = events;
    }

    public Kept of(OrganizationId organization) {
        return rows.find(organization)
                .map(said -> new Kept(Objects.requireNonNull(said.days(DAYS)), said.revision()))
                .orElse(new Kept(USUAL_DAYS, 0));
    }

    /** Empty where somebody else has changed it since the given revision. */
    @Transactional
    public Optional<Kept> change(OrganizationId organization, int days, long revision) {
        var before = of(organization);
        if (!rows.write(organization, Map.of(DAYS, days), revision)) {
            return Optional.empty();
        }
        events.publishEvent(Audited.changed(
                organization,
                "audit.retention-changed",
                Subject.of("audit-log", organization, null),
                Map.of(DAYS, before.days()),
                Map.of(DAYS, days)));
        return Optional.of(of(organization));
    }
}
