package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.Clocked;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers requests for a new password apart from the call that made them, whose time would tell who has an account. */
@Component
class ForgottenPasswords extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(ForgottenPasswords.class);
    private static final int AT_ONCE = 20;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Accounts accounts;

    ForgottenPasswords(Accounts accounts) {
        super("forgotten-passwords", PATIENCE);
        this.accounts = accounts;
    }

    private void look() {
        try {
            while (isRunning() && accounts.answerForgotten(AT_ONCE) == AT_ONCE) {
                log.debug("More requests for a new password wait");
            }
        } catch (RuntimeException e) {
            log.debug("Requests for a new password can't be read now", e);
        }
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
