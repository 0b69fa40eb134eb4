package dev.cadre.platform.shared;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids of UUID version 7: ordered by time, so that indexes grow at one end. */
public final class Ids {

    private Ids() {}

    public static UUID create() {
        var random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
