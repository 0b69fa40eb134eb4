package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.Plugins;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Part of the readiness probe: without its plugins the hub knows no step types. */
@Component
class PluginsHealthIndicator implements HealthIndicator {

    private final Plugins plugins;

    PluginsHealthIndicator(Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public Health health() {
        return (plugins.isRunning() ? Health.up() : Health.outOfService()).build();
    }
}
