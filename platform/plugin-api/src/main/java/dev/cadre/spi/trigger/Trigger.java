package dev.cadre.spi.trigger;

import org.pf4j.ExtensionPoint;

/**
 * What starts a run. {@code S} is the record of its settings in the workflow file.
 *
 * @since 0.1
 */
public interface Trigger<S extends Record> extends ExtensionPoint {

    TriggerDefinition<S> definition();
}
