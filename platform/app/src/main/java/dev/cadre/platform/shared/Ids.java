package dev.cadre.platform.shared;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids of UUID version 7: ordered by time, so that indexes grow at one end, and within this process strictly in the
 * order in which they are made, so that rows of one moment keep their order.
 */
public final class Ids {

    private static final int COUNTER_BITS = 12;

    /** Milliseconds and a counter within them; a counter that runs over borrows from the next millisecond. */
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    public static UUID create() {
        long now = System.currentTimeMillis() << COUNTER_BITS;
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long high = (tick >> COUNTER_BITS) << 16 | 0x7000L | (tick & 0x0FFFL);
        long low = (ThreadLocalRandom.current().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Below all ids that were made at this time or later, and above those of before. */
    public static UUID from(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
    }
}
