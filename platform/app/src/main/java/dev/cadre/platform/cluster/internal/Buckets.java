package dev.cadre.platform.cluster.internal;

import com.hazelcast.core.HazelcastInstance;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The buckets of rate limits: in Hazelcast's map while there are other nodes, in this node's memory otherwise. */
@Component
public class Buckets {

    static final String MAP = "limits";
    static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Buckets.class);

    /** A caller waits no longer than this for the other nodes. */
    private static final long PATIENCE_MILLIS = 1_000;

    /** After it was away, the map is asked again by one caller at a time, this long after the last one. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private record Remote(HazelcastInstance hazelcast, AsyncProxyManager<String> buckets) {}

    private final Supplier<@Nullable HazelcastInstance> cluster;
    private final LocalBuckets local = new LocalBuckets();
    private final AtomicLong awayUntil = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile @Nullable Remote remote;

    @Autowired
    Buckets(Link link) {
        this(link::shared);
    }

    /** {@code cluster} gives null while there are no others. */
    Buckets(Supplier<@Nullable HazelcastInstance> cluster) {
        this.cluster = cluster;
    }

    /** Takes one of so many a minute. */
    public ConsumptionProbe take(String who, long perMinute) {
        // another limit is another bucket: who is given more has it at once
        var key = who + "/" + perMinute;
        var open = cluster.get();
        boolean probing = away.get();
        if (open != null && mayAsk(probing)) {
            try {
                var probe = shared(open)
                        .builder()
                        .build(key, () -> CompletableFuture.completedFuture(configuration(perMinute)))
                        .tryConsumeAndReturnRemaining(1)
                        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (probing) {
                    found();
                }
                return probe;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                missed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return local.take(key, perMinute);
    }

    private boolean mayAsk(boolean probing) {
        if (!probing) {
            return true;
        }
        long now = System.nanoTime();
        long until = awayUntil.get();
        return now - until >= 0 && awayUntil.compareAndSet(until, now + PAUSE);
    }

    private void found() {
        if (away.compareAndSet(true, false)) {
            log.info("Rate limits are counted with the other nodes again");
        }
    }

    private void missed(Exception e) {
        awayUntil.set(System.nanoTime() + PAUSE);
        if (away.compareAndSet(false, true)) {
            log.warn(
                    "Rate limits are counted by each node for itself for now: the others don't answer ({})",
                    e.toString());
        }
    }

    private AsyncProxyManager<String> shared(HazelcastInstance open) {
        var known = remote;
        if (known == null || known.hazelcast() != open) {
            known = new Remote(
                    open,
                    Bucket4jHazelcast.entryProcessorBasedBuilder(open.<String, byte[]>getMap(MAP))
                            .build()
                            .asAsync());
            remote = known;
        }
        return known.buckets();
    }

    private static BucketConfiguration configuration(long perMinute) {
        return BucketConfiguration.builder().addLimit(limit(perMinute)).build();
    }

    static Bandwidth limit(long perMinute) {
        return Bandwidth.builder()
                .capacity(perMinute)
                .refillIntervally(perMinute, MINUTE)
                .build();
    }
}
