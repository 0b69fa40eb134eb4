package dev.cadre.spi.connector;

import java.net.URI;
import java.util.List;

/**
 * Implemented by a connector's connection record: an organization's access to one account of the outside system.
 *
 * @since 0.1
 */
public interface ConnectionSettings {

    /** The only origins (scheme, host, port) that this connection's secrets may be sent to. */
    List<URI> origins();
}
