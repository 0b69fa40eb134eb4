package dev.cadre.spi.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the designer, the marketplace and the engine know about a connector.
 *
 * @param id kebab-case, also the connection type
 * @param icon path data of a stroked 24 × 24 SVG icon
 * @param connection a record that implements {@link ConnectionSettings}; null when the system needs none
 * @param test the operation that proves a connection, without side effects and with an empty input; may be hidden
 * @param oauth how a connection is authorized in the browser, null when it isn't
 * @since 0.1
 */
public record ConnectorDefinition(
        String id,
        String title,
        String description,
        String icon,
        @Nullable Class<? extends Record> connection,
        @Nullable Operation<?, ?> test,
        @Nullable OAuth2 oauth,
        List<Operation<?, ?>> operations) {}
