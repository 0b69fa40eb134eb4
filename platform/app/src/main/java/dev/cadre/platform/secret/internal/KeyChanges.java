package dev.cadre.platform.secret.internal;

import dev.cadre.platform.shared.Clocked;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks which keys other nodes have changed or destroyed, so that this one stops working with what it holds of them. By the
 * database alone: a key that was destroyed must be forgotten by nodes that can't hear each other too.
 */
@Component
public class KeyChanges extends Clocked {

    /** How long another node may still work with the key that was. */
    public static final Duration LOOK = Duration.ofSeconds(2);

    /** A change may commit a little after the time that it bears. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(KeyChanges.class);

    private final DataKeys keys;
    private @Nullable Instant seen;

    KeyChanges(DataKeys keys) {
        super("key-changes", PATIENCE);
        this.keys = keys;
    }

    private void look() {
        try {
            var now = keys.now();
            keys.follow((seen == null ? now : seen).minus(OVERLAP));
            seen = now;
        } catch (RuntimeException e) {
            // What this node holds may be old: it is looked for from the last time on that went well.
            log.debug("Changes of keys can't be read now", e);
        }
    }

    @Override
    public void start() {
        clock.start(LOOK, this::look);
    }
}
