package dev.cadre.spi.tool;

import dev.cadre.spi.StepContext;
import org.pf4j.ExtensionPoint;

/**
 * A step performed in Java: a typed record in, a typed record out.
 *
 * <p>Annotate the implementation with {@code @org.pf4j.Extension} and give it a public constructor without parameters.
 * One instance serves all runs at once.
 *
 * @since 0.1
 */
public interface Tool<I extends Record, O extends Record> extends ExtensionPoint {

    ToolDefinition<I, O> definition();

    /** Throws {@link dev.cadre.spi.StepException}; anything else counts as a fault that is worth a retry. */
    O execute(I input, StepContext context) throws Exception;
}
