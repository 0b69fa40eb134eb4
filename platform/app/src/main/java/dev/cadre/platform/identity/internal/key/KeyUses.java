package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.identity.internal.key.KeyRows.Use;
import dev.cadre.platform.shared.Clocked;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes down when keys were used, apart from the requests that use them and at most once a minute a key. */
@Component
class KeyUses extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(KeyUses.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KeyRows rows;
    private final Clock time;
    private final Map<UUID, Use> waiting = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> written = new ConcurrentHashMap<>();

    KeyUses(KeyRows rows, Clock time) {
        super("api-key-uses", PATIENCE);
        this.rows = rows;
        this.time = time;
    }

    void note(UUID key, @Nullable InetAddress from) {
        waiting.put(key, new Use(key, time.instant(), from == null ? "unknown" : from.getHostAddress()));
    }

    void write() {
        var now = time.instant();
        written.values().removeIf(at -> at.plus(PAUSE).compareTo(now) <= 0);
        write(waiting.values().stream()
                .filter(use -> !written.containsKey(use.key()))
                .toList());
    }

    private void write(List<Use> uses) {
        if (uses.isEmpty()) {
            return;
        }
        try {
            rows.used(uses);
            uses.forEach(use -> {
                written.put(use.key(), use.at());
                waiting.remove(use.key(), use);
            });
        } catch (RuntimeException e) {
            log.debug("The use of {} keys can't be written down now", uses.size(), e);
        }
    }

    @Override
    public void start() {
        clock.start(LOOK, this::write);
    }

    @Override
    public void stop() {
        super.stop();
        write(new ArrayList<>(waiting.values()));
    }
}
