package dev.cadre.platform.trigger.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of webhooks.
 *
 * @param patience how long a caller who waits for a run's output is kept waiting
 */
@ConfigurationProperties("cadre.webhook")
record WebhookSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("60s") Duration patience) {}
