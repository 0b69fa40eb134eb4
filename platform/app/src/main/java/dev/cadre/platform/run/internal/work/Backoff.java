package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.workflow.Node;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next attempt. */
final class Backoff {

    private Backoff() {}

    /**
     * Before attempt {@code attempt + 1}: the policy's pause with up to a tenth of jitter, and never less than what the
     * other side asked for.
     */
    static Duration after(int attempt, Node.Policy policy, @Nullable Duration retryAfter) {
        double factor = Math.pow(policy.multiplier(), attempt - 1.0);
        double millis = Math.min(
                policy.backoff().toMillis() * factor, policy.maxBackoff().toMillis());
        long jittered = (long) (millis * (1 + ThreadLocalRandom.current().nextDouble() / 10));
        var pause = Duration.ofMillis(jittered);
        return retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    }
}
