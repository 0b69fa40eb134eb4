package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.shared.Clocked;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks proven domains up again when their time has come, each on one node. */
@Component
class DomainWatch extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(DomainWatch.class);
    private static final Duration LOOK = Duration.ofMinutes(5);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DomainRows rows;
    private final DomainProofs proofs;
    private final SsoSettings settings;
    private final Clock time;

    DomainWatch(DomainRows rows, DomainProofs proofs, SsoSettings settings, Clock time) {
        super("sso-domains", PATIENCE);
        this.rows = rows;
        this.proofs = proofs;
        this.settings = settings;
        this.time = time;
    }

    void look() {
        try {
            Optional<DomainRow> next;
            while ((next = rows.claim(time.instant(), time.instant().plus(LEASE))).isPresent()) {
                look(next.get());
            }
        } catch (RuntimeException e) {
            log.debug("Domains can't be looked up again now", e);
        }
    }

    private void look(DomainRow row) {
        if (settings.owners().containsKey(row.domain())) {
            // the operator says whose it is, whatever its DNS says
            rows.later(row, time.instant().plus(settings.pause()));
        } else if (!proofs.look(row)) {
            log.info("The DNS does not say whether the domain {} is still proven; it is asked again", row.domain());
        }
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
