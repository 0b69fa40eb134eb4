package dev.cadre.platform.audit.internal;

import dev.cadre.platform.shared.Clocked;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Chains what was written, every second, and forgets what is too old, every hour; whichever node comes first does it. */
@Component
class AuditClock extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(AuditClock.class);
    private static final Duration CHAINING = Duration.ofSeconds(1);
    private static final Duration FORGETTING = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Chaining chaining;
    private final Shipping shipping;
    private final Forgetting forgetting;
    private final ClockDifference difference;

    AuditClock(Chaining chaining, Shipping shipping, Forgetting forgetting, ClockDifference difference) {
        super("audit", PATIENCE);
        this.shipping = shipping;
        this.difference = difference;
        this.chaining = chaining;
        this.forgetting = forgetting;
    }

    private void chain() {
        try {
            chaining.all();
            shipping.all();
        } catch (RuntimeException e) {
            log.debug("The audit log can't be chained now", e);
        }
    }

    private void forget() {
        try {
            int forgotten = forgetting.all();
            if (forgotten > 0) {
                log.info("Deleted {} old events of the audit log", forgotten);
            }
        } catch (RuntimeException e) {
            log.warn("Old events of the audit log can't be deleted now: {}", e.getMessage());
        }
    }

    @Override
    public void start() {
        clock.start(CHAINING, this::chain);
        clock.start(FORGETTING, this::forget);
        clock.start(CHAINING, FORGETTING, difference::check);
    }
}
