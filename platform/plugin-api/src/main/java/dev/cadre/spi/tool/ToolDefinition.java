package dev.cadre.spi.tool;

import dev.cadre.spi.StepInfo;

/**
 * Everything the platform knows about a tool. The JSON Schemas come from the two records.
 *
 * @since 0.1
 */
public record ToolDefinition<I extends Record, O extends Record>(
        StepInfo info, Class<I> input, Class<O> output, Execution execution) {

    /** Where a tool runs. */
    public enum Execution {
        /** Pure and in memory, a few microseconds: runs inside the engine's transaction. */
        INSTANT,
        /** Waits for the outside world: journaled, leased, retried, holds no database connection. */
        DURABLE
    }
}
