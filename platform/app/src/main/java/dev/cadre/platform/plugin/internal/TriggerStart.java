package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.HttpTrigger;
import dev.cadre.spi.trigger.Trigger;
import dev.cadre.spi.trigger.TriggerDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says where a plugin's trigger listens. */
final class TriggerStart<S extends Record> implements TriggerPerformer {

    private record Parts<S extends Record>(Trigger<S> trigger, RecordBinding<S> settings) {}

    private record Answer(HttpTrigger.@Nullable Binding binding) {}

    private final Lent<Parts<S>> lent;

    TriggerStart(Trigger<S> trigger, TriggerDefinition<S> definition, LoadedPlugin plugin) {
        lent = new Lent<>(new Parts<>(trigger, plugin.bindings().of(definition.settings())), plugin.atWork());
    }

    @Override
    public HttpTrigger.@Nullable Binding binding(Map<String, Object> settings) {
        return lent.useUnchecked(parts -> {
                    var read = parts.settings.read(settings);
                    return new Answer(parts.trigger instanceof HttpTrigger<S> http ? http.binding(read) : null);
                })
                .binding();
    }

    @Override
    public List<String> problems(Map<String, Object> settings) {
        try {
            binding(settings);
            return List.of();
        } catch (StepException.Rejected e) {
            return List.of("The settings of the trigger: " + e.getMessage());
        } catch (StepException.Retryable e) {
            return List.of(); // its plugin is just being disabled
        }
    }

    Lent<?> lent() {
        return lent;
    }
}
