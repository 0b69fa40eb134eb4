package dev.cadre.platform.cluster.internal;

import dev.cadre.platform.cluster.DatabasePulse;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Part of the readiness probe: answers at once, also while every connection waits for a database that is away. */
@Component
class DatabaseHealthIndicator implements HealthIndicator {

    private final DatabasePulse pulse;

    DatabaseHealthIndicator(DatabasePulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public Health health() {
        return (pulse.isFelt() ? Health.up() : Health.outOfService()).build();
    }
}
