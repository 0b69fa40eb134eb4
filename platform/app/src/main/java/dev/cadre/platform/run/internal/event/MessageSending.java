package dev.cadre.platform.run.internal.event;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The step {@code message-send}. */
record MessageSending(
        RecordBinding<EventSteps.MessageTold> input,
        RecordBinding<EventSteps.Delivered> output,
        RecordBinding<EventSteps.Received> received,
        Deliveries deliveries)
        implements StepPerformer.ToolPerformer {

    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    @Override
    public boolean instant() {
        return false;
    }

    @Override
    public Map<String, Object> perform(
            OrganizationId organization,
            Map<String, Object> values,
            @Nullable ChosenConnection connection,
            StepContext context) {
        var told = input.read(values);
        var id = context.idempotencyKey();
        var run = deliveries.message(
                organization,
                told.name(),
                told.key(),
                id,
                EventSteps.values(received, told.name(), told.body(), id),
                null);
        if (run.isEmpty() && told.patience() != null) {
            lookAgain(context, told.patience());
        }
        return output.write(new EventSteps.Delivered(
                run.isPresent(), run.map(Object::toString).orElse(null)));
    }

    /** The longer nobody has waited, the longer the next pause. */
    private static void lookAgain(StepContext context, Duration patience) {
        var now = Instant.now();
        var end = context.startedAt().plus(patience);
        if (now.isBefore(end)) {
            var pause = Duration.between(context.startedAt(), now).dividedBy(4);
            var bounded = pause.compareTo(LEAST_PAUSE) < 0
                    ? LEAST_PAUSE
                    : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            var next = now.plus(bounded);
            context.waitUntil(next.isBefore(end) ? next : end);
        }
    }
}
