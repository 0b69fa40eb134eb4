package dev.cadre.spi.trigger;

import dev.cadre.spi.connector.ConnectionSettings;
import java.net.URI;
import java.util.List;

/**
 * Implemented by the connection record whose connections hold what callers of HTTP triggers prove themselves with.
 *
 * @since 0.1
 */
public interface CallerKeys extends ConnectionSettings {

    /** Those that count at the moment: two while one takes the place of the other. */
    List<CallerKey> keys();

    /** Nowhere: such secrets are compared, never sent. */
    @Override
    default List<URI> origins() {
        return List.of();
    }
}
