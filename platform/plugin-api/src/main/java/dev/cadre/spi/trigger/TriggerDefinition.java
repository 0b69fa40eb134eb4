package dev.cadre.spi.trigger;

import dev.cadre.spi.StepInfo;
import org.jspecify.annotations.Nullable;

/**
 * Everything the platform knows about a trigger; {@code data} is what workflows see as {@code trigger}.
 *
 * @param connectionType of the connections that it may name, null when it needs none
 * @since 0.1
 */
public record TriggerDefinition<S extends Record>(
        StepInfo info,
        Class<S> settings,
        Class<? extends Record> data,
        @Nullable String connectionType) {

    /** A trigger that needs no connection. */
    public TriggerDefinition(StepInfo info, Class<S> settings, Class<? extends Record> data) {
        this(info, settings, data, null);
    }
}
