package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.plugin.Plugins;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps the keys up to date and the replays few. On two threads of its own: no slow sweep makes a changed secret wait. */
@Component
class Upkeep implements SmartLifecycle {

    /** How long at most a changed secret stays unknown here. */
    static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration SWEEP = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final KeyRing keys;
    private final ReplayRows replays;
    private volatile @Nullable ScheduledExecutorService clock;

    Upkeep(KeyRing keys, ReplayRows replays) {
        this.keys = keys;
        this.replays = replays;
    }

    @Override
    public void start() {
        var started = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().name("webhook-keys-", 0).daemon().factory());
        started.scheduleWithFixedDelay(
                patiently("The keys of webhooks can't be read", keys::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        started.scheduleWithFixedDelay(
                patiently("The replays of webhooks can't be swept", replays::sweep),
                SWEEP.toMillis(),
                SWEEP.toMillis(),
                TimeUnit.MILLISECONDS);
        clock = started;
    }

    /** A task that goes on after a failure, and tells of the first of several. */
    private static Runnable patiently(String failure, Runnable task) {
        var failing = new boolean[1];
        return () -> {
            try {
                task.run();
                failing[0] = false;
            } catch (RuntimeException e) {
                if (!failing[0]) {
                    log.warn("{}: {}", failure, e.getMessage());
                }
                failing[0] = true;
            }
        };
    }

    @Override
    public void stop() {
        var running = clock;
        clock = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** After the plugins, which know how connections are read, and before the port is open. */
    @Override
    public int getPhase() {
        return Plugins.PHASE + 500;
    }
}
