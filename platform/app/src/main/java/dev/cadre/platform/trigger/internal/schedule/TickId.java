package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** The id of the one run that a workflow has for one scheduled time. */
final class TickId {

    private TickId() {}

    /** Laid out as UUID version 7 of the scheduled time, so that it is ordered among the other runs. */
    static RunId of(WorkflowId workflow, Instant scheduledAt) {
        var digest = ByteBuffer.wrap(sha256("schedule " + workflow + " " + scheduledAt));
        long high = scheduledAt.toEpochMilli() << 16 | 0x7000L | (digest.getLong() & 0x0FFFL);
        long low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new RunId(new UUID(high, low));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
