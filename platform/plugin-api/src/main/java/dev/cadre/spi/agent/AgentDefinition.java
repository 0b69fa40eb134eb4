package dev.cadre.spi.agent;

import dev.cadre.spi.StepInfo;

/**
 * Everything the platform knows about an agent type.
 *
 * @since 0.1
 */
public record AgentDefinition<I extends Record, O extends Record>(StepInfo info, Class<I> input, Class<O> output) {}
