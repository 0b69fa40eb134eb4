package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.Clocked;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Clears away attempts, links, invitations, sign-ins, browsers and idempotency keys that do not count any more; any node does, a few rows at a time. */
@Component
public class Sweeping extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(Sweeping.class);
    private static final Duration LOOK = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 1_000;

    private final SignInThrottle throttle;
    private final AccountTokens links;
    private final InvitationRows invitations;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final IdempotencyKeys keys;

    Sweeping(
            SignInThrottle throttle,
            AccountTokens links,
            InvitationRows invitations,
            Sessions sessions,
            KnownDevices devices,
            IdempotencyKeys keys) {
        super("account-sweep", PATIENCE);
        this.sessions = sessions;
        this.devices = devices;
        this.keys = keys;
        this.throttle = throttle;
        this.links = links;
        this.invitations = invitations;
    }

    private void look() {
        try {
            sweep();
        } catch (RuntimeException e) {
            log.debug("What is over can't be cleared away now", e);
        }
    }

    public void sweep() {
        inBatches(() -> throttle.sweep(AT_ONCE));
        inBatches(() -> links.sweep(AT_ONCE));
        inBatches(() -> invitations.sweep(AT_ONCE));
        inBatches(() -> sessions.sweep(AT_ONCE));
        inBatches(() -> devices.sweep(AT_ONCE));
        inBatches(() -> keys.sweep(AT_ONCE));
    }

    private static void inBatches(IntSupplier batch) {
        int deleted;
        do {
            deleted = batch.getAsInt();
        } while (deleted == AT_ONCE);
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
