package dev.cadre.platform.audit;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Map;
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

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    AuditRetention(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    public Kept of(OrganizationId organization) {
        return jdbc.sql("select days, revision from audit_retention where organization_id = ?")
                .param(organization.value())
                .query((row, number) -> new Kept(row.getInt(1), row.getLong(2)))
                .optional()
                .orElse(new Kept(USUAL_DAYS, 0));
    }

    /** Empty where somebody else has changed it since the given revision. */
    @Transactional
    public Optional<Kept> change(OrganizationId organization, int days, long revision) {
        var before = of(organization);
        int changed = jdbc.sql("""
                        insert into audit_retention as r (organization_id, days) select :organization, :days
                        where :revision = coalesce((select revision from audit_retention where organization_id = :organization), 0)
                        on conflict (organization_id) do update set days = excluded.days, revision = r.revision + 1
                        where r.revision = :revision""")
                .param("organization", organization.value())
                .param("days", days)
                .param("revision", revision)
                .update();
        if (changed == 0) {
            return Optional.empty();
        }
        events.publishEvent(Audited.changed(
                organization,
                "audit.retention-changed",
                Subject.of("audit-log", organization, null),
                Map.of("days", before.days()),
                Map.of("days", days)));
        return Optional.of(of(organization));
    }
}
