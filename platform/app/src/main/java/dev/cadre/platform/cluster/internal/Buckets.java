package dev.cadre.platform.cluster.internal;

import com.hazelcast.core.HazelcastInstance;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
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

    /** Takes one of so many a minute. Another number counts from the next minute on; what is left until then stays, or is less. */
    public ConsumptionProbe take(String who, long perMinute) {
        var open = cluster.get();
        boolean probing = away.get();
        if (open != null && mayAsk(probing)) {
            try {
                var probe = take(shared(open), who, configuration(perMinute));
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
        return local.take(who, perMinute);
    }

    /** One call of the map, but where the limit has changed: a bucket of the limit before goes on as one of the new limit. */
    private static ConsumptionProbe take(
            AsyncProxyManager<String> buckets, String who, BucketConfiguration configuration)
            throws ExecutionException, TimeoutException, InterruptedException {
        var bucket = buckets.builder().build(who, () -> CompletableFuture.completedFuture(configuration));
        var taken = answer(bucket.asVerbose().tryConsumeAndReturnRemaining(1));
        if (taken.getConfiguration().equals(configuration)) {
            return taken.getValue();
        }
        if (taken.getValue().isConsumed()) {
            answer(bucket.addTokens(1));
        }
        answer(bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS));
        return answer(bucket.tryConsumeAndReturnRemaining(1));
    }

    private static <T> T answer(CompletableFuture<T> asked)
            throws ExecutionException, TimeoutException, InterruptedException {
        return asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
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

    static BucketConfiguration configuration(long perMinute) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(perMinute)
                        .refillIntervally(perMinute, MINUTE)
                        .build())
                .build();
    }
}
