package dev.cadre.platform.audit.internal;

import dev.cadre.platform.audit.AuditRetention;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import org.springframework.stereotype.Component;

/** The log itself. */
@Component
class AuditProcessing implements ProcessedData {

    private final AuditRetention retention;

    AuditProcessing(AuditRetention retention) {
        this.retention = retention;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        return List.of(new Category(
                "Audit log: who did what and when, from which address, with which browser",
                "Members and their keys",
                "Proof of who did what",
                retention.of(organization).days()
                        + " days; addresses and browsers until the account is erased, where that is sooner",
                "Database of the hub"));
    }

    @Override
    public List<String> measures(OrganizationId organization) {
        return List.of("Who did what is in an audit log that nobody can change unseen.");
    }
}
