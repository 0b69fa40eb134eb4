package dev.cadre.platform.cluster.internal;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Buckets of this node alone. One that was not touched for a minute is full, and so need not be kept. */
final class LocalBuckets {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long SWEEP = TimeUnit.SECONDS.toNanos(10);

    /** More of them within a minute come from somebody who makes up names; they are forgotten, and memory stays small. */
    private static final int MOST = 200_000;

    private static final class Entry {
        private final Bucket bucket;
        private volatile long perMinute;
        private volatile long usedAt = System.nanoTime();

        Entry(long perMinute) {
            this.perMinute = perMinute;
            this.bucket = Bucket.builder()
                    .addLimit(Buckets.configuration(perMinute).getBandwidths()[0])
                    .build();
        }

        synchronized void become(long other) {
            if (perMinute != other) {
                bucket.replaceConfiguration(Buckets.configuration(other), TokensInheritanceStrategy.AS_IS);
                perMinute = other;
            }
        }
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong sweptAt = new AtomicLong(System.nanoTime());

    ConsumptionProbe take(String key, long perMinute) {
        var entry = entries.get(key);
        if (entry == null) {
            sweep();
            entry = entries.computeIfAbsent(key, _ -> new Entry(perMinute));
        }
        if (entry.perMinute != perMinute) {
            entry.become(perMinute);
        }
        entry.usedAt = System.nanoTime();
        return entry.bucket.tryConsumeAndReturnRemaining(1);
    }

    int size() {
        return entries.size();
    }

    private void sweep() {
        if (entries.size() >= MOST) {
            entries.clear();
        }
        long now = System.nanoTime();
        long before = sweptAt.get();
        if (now - before > SWEEP && sweptAt.compareAndSet(before, now)) {
            entries.values().removeIf(entry -> now - entry.usedAt > MINUTE);
        }
    }
}
