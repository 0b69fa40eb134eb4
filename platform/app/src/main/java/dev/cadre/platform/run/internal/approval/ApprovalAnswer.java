package dev.cadre.platform.run.internal.approval;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person answered: the output of the step {@code approval}.
 *
 * @param decision {@code approve} or {@code reject}
 * @param data the proposal with the person's corrections
 */
public record ApprovalAnswer(
        String decision, @Nullable String comment, Person decidedBy, Instant decidedAt, Map<String, Object> data) {

    /** Who decided. */
    public record Person(String id, String name, String email) {}
}
