package dev.cadre.platform.run.internal.event;

import dev.cadre.platform.run.internal.journal.LogLine;
import dev.cadre.platform.run.internal.work.Completion;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells those who wait: each in a move of its own run. */
@Component
class Deliveries {

    private final Waits waits;
    private final Completion completion;

    Deliveries(Waits waits, Completion completion) {
        this.waits = waits;
        this.completion = completion;
    }

    /** Tells everybody who waited for the signal at that time, and says how many. */
    int signal(OrganizationId organization, String name, Instant at, Map<String, Object> output) {
        int told = 0;
        for (var wait : waits.signal(organization, name, at)) {
            if (tell(wait, output, "The signal \"" + name + "\" came.", null)) {
                told++;
            }
        }
        return told;
    }

    /**
     * Tells who has waited longest for the message with the key; empty where nobody waits.
     *
     * @param messageId tells a message that was told before from a new one, null where nobody sends it twice
     * @param audited what the audit log is told of the run with it, null for nothing
     */
    Optional<RunId> message(
            OrganizationId organization,
            String name,
            @Nullable String key,
            @Nullable String messageId,
            Map<String, Object> output,
            @Nullable Function<RunId, Audited> audited) {
        if (messageId != null) {
            var before = waits.told(organization, messageId);
            if (before.isPresent()) {
                return before;
            }
        }
        return waits.message(organization, name, key).stream()
                .filter(wait -> tell(
                        wait,
                        output,
                        "The message \"" + name + "\" came.",
                        audited == null ? null : audited.apply(wait.run())))
                .map(Waits.Wait::run)
                .findFirst();
    }

    /** False where the run does not wait there any more. */
    boolean tell(Waits.Wait wait, Map<String, Object> output, String said, @Nullable Audited audited) {
        var line = new LogLine(Instant.now(), "info", said);
        var result = new Completion.Result(output, null, List.of(line), null, audited);
        return completion.decide(wait.organization(), wait.run(), wait.task(), result);
    }
}
