package dev.cadre.platform.audit.internal;

import dev.cadre.platform.audit.AuditRetention;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionOperations;

/** Lets time pass for the audit log of one organization. */
public final class Aged {

    private Aged() {}

    /** What the hub would delete so much later. */
    public static void forget(ApplicationContext hub, OrganizationId organization, Duration later) {
        var forgetting = new Forgetting(
                hub.getBean(ChainRows.class),
                hub.getBean(Seals.class),
                hub.getBean(AuditRetention.class),
                Clock.offset(hub.getBean(Clock.class), later),
                hub,
                hub.getBean(TransactionOperations.class));
        forgetting.of(organization);
    }
}
