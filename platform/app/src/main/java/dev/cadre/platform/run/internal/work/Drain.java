package dev.cadre.platform.run.internal.work;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** At shutdown: takes nothing new and lets what works finish; what does not finish goes on after the next start. */
@Component
class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Workbench workbench;
    private volatile boolean running;

    Drain(Workbench workbench) {
        this.workbench = workbench;
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
            if (!workbench.drain(PATIENCE)) {
                log.info("{} tasks were still at work; they go on after the next start", workbench.inWork());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
