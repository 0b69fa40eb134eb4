package dev.cadre.spi.agent;

import org.pf4j.ExtensionPoint;

/**
 * Decides the next move from the conversation so far: a pure function, without I/O and without state. The platform
 * calls models and tools, counts, journals and repeats nothing that is already in the journal.
 *
 * @since 0.1
 */
public interface Agent<I extends Record, O extends Record> extends ExtensionPoint {

    AgentDefinition<I, O> definition();

    /** Throws {@link dev.cadre.spi.StepException.Rejected} when the conversation can't go on. */
    AgentMove<O> next(I input, Conversation conversation);
}
