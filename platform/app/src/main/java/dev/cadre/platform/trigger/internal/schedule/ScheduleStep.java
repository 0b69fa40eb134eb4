package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.schema.RecordBinding;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.trigger.HttpTrigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The trigger {@code schedule}: part of the hub, since plugins have no clock. */
@Component
class ScheduleStep implements StepPerformer.TriggerPerformer {

    static final String ID = "schedule";

    static final RecordBinding<ScheduleData> DATA = new RecordBindings().of(ScheduleData.class);

    ScheduleStep(StepTypes types) {
        types.add(List.of(new StepType(
                ID,
                "Schedule",
                "Starts a run at set times: by cron, again and again, or once.",
                "Triggers",
                "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 3",
                StepType.Kind.TRIGGER,
                new StepType.PluginRef("cadre-schedules", "1"),
                null,
                ScheduleReading.SETTINGS.schema(),
                DATA.schema(),
                this)));
    }

    @Override
    public HttpTrigger.@Nullable Binding binding(Map<String, Object> settings) {
        return null;
    }

    /** As if its time had come now; what the person gives takes the place of the settings' input. */
    @Override
    public Object byHand(Map<String, Object> settings, Object input) {
        if (input instanceof Map<?, ?> whole && whole.containsKey("scheduledAt")) {
            return input;
        }
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var data = ScheduleData.of(ScheduleReading.schedule(settings, now), now, now, 0);
        return DATA.write(input instanceof Map<?, ?> nothing && nothing.isEmpty() ? data : data.with(input));
    }

    @Override
    public List<String> problems(Map<String, Object> settings) {
        return ScheduleReading.violations(settings).stream()
                .map(wrong -> wrong.pointer().isEmpty()
                        ? "The schedule " + wrong.message() + "."
                        : "The input " + wrong.pointer().substring(1).replace('/', '.') + " " + wrong.message() + ".")
                .toList();
    }
}
