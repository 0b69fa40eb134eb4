package dev.cadre.platform.identity.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Answers requests for a new password apart from the call that made them, whose time would tell who has an account. */
@Component
class ForgottenPasswords implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ForgottenPasswords.class);
    private static final int AT_ONCE = 20;

    private final Accounts accounts;
    private volatile @Nullable ScheduledExecutorService clock;

    ForgottenPasswords(Accounts accounts) {
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
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("forgotten-passwords").daemon().factory());
        clock = started;
        started.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        var running = clock;
        clock = null;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }
}
