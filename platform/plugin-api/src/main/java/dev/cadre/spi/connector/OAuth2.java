package dev.cadre.spi.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * OAuth 2.0 authorization code with PKCE. The connection record implements {@link OAuthSettings}; the platform keeps and
 * refreshes the tokens and passes a fresh one to {@link Operation#accessToken}.
 *
 * @param parameters added to the authorization request, as {@code access_type=offline}
 * @since 0.1
 */
public record OAuth2(
        URI authorizationEndpoint, URI tokenEndpoint, List<String> scopes, Map<String, String> parameters) {}
