package dev.cadre.spi.connector;

import dev.cadre.spi.Secret;

/**
 * Implemented by the connection record of a connector with {@link OAuth2}: the client that the organization registered
 * with the outside system.
 *
 * @since 0.1
 */
public interface OAuthSettings extends ConnectionSettings {

    String clientId();

    Secret clientSecret();

    /** The endpoints of this connection, where they differ from those that the connector declares. */
    default OAuth2 oauth(OAuth2 declared) {
        return declared;
    }
}
