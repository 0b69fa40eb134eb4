package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.RunId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes the key that the other side may recognise repeated work by: the same for every attempt, never for two visits. */
public final class IdempotencyKeys {

    private IdempotencyKeys() {}

    public static String of(RunId run, String elementId, String iteration, int visit) {
        return hash(run + "/" + elementId + "/" + iteration + "#" + visit);
    }

    public static String ofToolCall(RunId run, String elementId, String iteration, int visit, String callId) {
        return hash(run + "/" + elementId + "/" + iteration + "#" + visit + "/" + callId);
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
