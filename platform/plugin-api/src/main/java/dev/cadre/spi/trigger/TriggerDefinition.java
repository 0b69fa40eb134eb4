package dev.cadre.spi.trigger;

import dev.cadre.spi.StepInfo;

/**
 * Everything the platform knows about a trigger; {@code data} is what workflows see as {@code trigger}.
 *
 * @since 0.1
 */
public record TriggerDefinition<S extends Record>(StepInfo info, Class<S> settings, Class<? extends Record> data) {}
