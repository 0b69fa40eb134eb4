package dev.cadre.platform.run.internal.event;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.StepContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The step {@code signal-send}: who begins to wait after it was reached is not told, however often it is tried. */
record SignalSending(
        RecordBinding<EventSteps.SignalTold> input,
        RecordBinding<EventSteps.Spread> output,
        RecordBinding<EventSteps.Received> received,
        Deliveries deliveries)
        implements StepPerformer.ToolPerformer {

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
        int count = deliveries.signal(
                organization,
                told.name(),
                context.startedAt(),
                EventSteps.values(received, told.name(), told.body(), context.idempotencyKey()));
        return output.write(new EventSteps.Spread(count));
    }
}
