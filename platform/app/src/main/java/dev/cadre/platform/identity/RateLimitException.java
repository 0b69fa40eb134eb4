package dev.cadre.platform.identity;

import dev.cadre.platform.cluster.SharedLimits.Taken;
import dev.cadre.platform.shared.CadreException;
import java.time.Duration;

/** Too many requests came within a minute. */
public final class RateLimitException extends CadreException {

    private final transient Duration wait;

    private RateLimitException(String detail, Duration wait) {
        super(Kind.LIMITED, "rate-limited", detail);
        this.wait = wait;
    }

    static RateLimitException of(Taken refused) {
        var wait = refused.reset().isPositive() ? refused.reset() : Duration.ofSeconds(1);
        return new RateLimitException(
                "More than " + refused.limit() + " requests came within a minute: go on in "
                        + Math.max(1, wait.plusMillis(999).toSeconds())
                        + " s. Retry-After says so, too, and RateLimit-Remaining how many are left before it happens.",
                wait);
    }

    @Override
    public Duration retryAfter() {
        return wait;
    }
}
