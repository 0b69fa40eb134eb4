package dev.cadre.platform.run.internal.work;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Part of the readiness probe: whether this hub takes new runs and has begun to take up what others left. */
@Component
class EngineHealthIndicator implements HealthIndicator {

    private final Workbench workbench;
    private final Takeover takeover;

    EngineHealthIndicator(Workbench workbench, Takeover takeover) {
        this.workbench = workbench;
        this.takeover = takeover;
    }

    @Override
    public Health health() {
        return (workbench.isOpen() && takeover.isReady() ? Health.up() : Health.outOfService()).build();
    }
}
