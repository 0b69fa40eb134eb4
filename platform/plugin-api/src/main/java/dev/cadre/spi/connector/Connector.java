package dev.cadre.spi.connector;

import org.apache.camel.RoutesBuilder;
import org.pf4j.ExtensionPoint;

/**
 * One outside system: what it needs to connect, what it can do, and the Camel routes that do it.
 *
 * @since 0.1
 */
public interface Connector extends ExtensionPoint {

    ConnectorDefinition definition();

    /** Has one route per operation, starting at {@link Operation#endpoint()}. */
    RoutesBuilder routes();
}
