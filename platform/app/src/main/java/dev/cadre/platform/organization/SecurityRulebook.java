package dev.cadre.platform.organization;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.http.AddressRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the security rules of organizations. */
@Service
public class SecurityRulebook {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    SecurityRulebook(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    public SecurityRules find(OrganizationId organization) {
        return jdbc.sql("select * from security_rules where organization_id = ?")
                .param(organization.value())
                .query(SecurityRulebook::rules)
                .optional()
                .orElse(SecurityRules.NONE);
    }

    /** Puts new rules in the place of those of the revision that they name; empty where there are other ones by now. */
    @Transactional
    public Optional<SecurityRules> replace(OrganizationId organization, SecurityRules rules) {
        var before = find(organization);
        int written = jdbc.sql("""
                        insert into security_rules (organization_id, allowed_addresses, session_hours, idle_minutes, second_factor_required)
                        select :organization, :addresses, :hours, :minutes, :factor where :revision = 0
                            or exists (select 1 from security_rules where organization_id = :organization)
                        on conflict (organization_id) do update set allowed_addresses = excluded.allowed_addresses,
                            session_hours = excluded.session_hours, idle_minutes = excluded.idle_minutes,
                            second_factor_required = excluded.second_factor_required,
                            revision = security_rules.revision + 1
                        where security_rules.revision = :revision""")
                .param("organization", organization.value())
                .param("addresses", texts(rules).toArray(String[]::new))
                .param("hours", rules.sessionHours())
                .param("minutes", rules.idleMinutes())
                .param("factor", rules.secondFactorRequired())
                .param("revision", rules.revision())
                .update();
        if (written == 0) {
            return Optional.empty();
        }
        var after = find(organization);
        events.publishEvent(new SecurityRulesChanged(organization));
        events.publishEvent(Audited.changed(
                organization,
                "organization.security-changed",
                Subject.of("organization", organization, null),
                told(before),
                told(after)));
        return Optional.of(after);
    }

    private static Map<String, ?> told(SecurityRules rules) {
        var told = new LinkedHashMap<String, Object>();
        told.put("allowedAddresses", texts(rules));
        if (rules.sessionHours() != null) {
            told.put("sessionHours", rules.sessionHours());
        }
        if (rules.idleMinutes() != null) {
            told.put("idleMinutes", rules.idleMinutes());
        }
        told.put("secondFactorRequired", rules.secondFactorRequired());
        return told;
    }

    private static List<String> texts(SecurityRules rules) {
        return rules.allowedAddresses().stream().map(AddressRange::toString).toList();
    }

    private static SecurityRules rules(ResultSet row, int number) throws SQLException {
        var addresses = (String[]) row.getArray("allowed_addresses").getArray();
        return new SecurityRules(
                Stream.of(addresses).map(AddressRange::parse).toList(),
                row.getObject("session_hours", Integer.class),
                row.getObject("idle_minutes", Integer.class),
                row.getBoolean("second_factor_required"),
                row.getLong("revision"));
    }
}
