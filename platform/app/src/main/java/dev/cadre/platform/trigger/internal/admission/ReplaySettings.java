package dev.cadre.platform.trigger.internal.admission;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How many signed requests are remembered at most, on all nodes together. */
@ConfigurationProperties("cadre.webhook")
record ReplaySettings(@DefaultValue("1000000") int replayEntries) {}
