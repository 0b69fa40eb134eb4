package dev.cadre.platform.cluster;

import dev.cadre.platform.cluster.internal.Buckets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Counts what may happen so many times a minute, for all nodes together. A minute begins with the first time, and all of it
 * is there again when it is over. Where the other nodes can't be reached, or are slow to answer, each node counts for itself:
 * a limit never keeps anybody waiting.
 */
@Component
public class SharedLimits {

    /**
     * What came of asking.
     *
     * @param granted whether it may happen
     * @param limit how often it may in a minute
     * @param left how often it still may
     * @param reset until all of it is there again
     */
    public record Taken(boolean granted, long limit, long left, Duration reset) {}

    private final Buckets buckets;

    SharedLimits(Buckets buckets) {
        this.buckets = buckets;
    }

    /** Once more: {@code who} names what is counted, apart from every other limit. */
    public Taken take(String who, long perMinute) {
        var probe = buckets.take(who, perMinute);
        var reset =
                Duration.ofNanos(probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill());
        return new Taken(probe.isConsumed(), perMinute, probe.getRemainingTokens(), reset);
    }
}
