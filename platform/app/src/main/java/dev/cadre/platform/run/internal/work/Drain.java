package dev.cadre.platform.run.internal.work;

import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * At shutdown: takes nothing new, gives what waits to the other nodes and lets what works finish. What does not finish
 * goes on there as well; without others it goes on after the next start.
 */
@Component
class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Workbench workbench;
    private final Handover handover;
    private volatile boolean running;

    Drain(Workbench workbench, Handover handover) {
        this.workbench = workbench;
        this.handover = handover;
    }

    @Override
    public void start() {
        workbench.reopen();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            if (!workbench.drain(PATIENCE, handover::giveBack)) {
                log.info("{} tasks were still at work and are given up", workbench.inWork());
            }
            handover.giveBack(Set.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After those who start runs by themselves have stopped. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
