package dev.cadre.connector.rest;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.ConnectionSettings;
import dev.cadre.spi.connector.HttpCall;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An organization's access to one HTTP service. */
public record RestConnection(
        @Field(label = "Base URL", help = "Paths of steps are below it, as https://api.example.com/v1.")
        URI baseUrl,

        @Field(label = "Authentication", defaultValue = "\"NONE\"")
        Authentication authentication,

        @Field(label = "User name", help = "For BASIC.") @Nullable
        String username,

        @Field(label = "Header name", help = "For API_KEY, as X-Api-Key.") @Nullable
        String headerName,

        @Field(label = "Secret", help = "The token, password or key.") @Nullable
        Secret secret)
        implements ConnectionSettings {

    /** How the service recognizes the caller. */
    public enum Authentication {
        NONE,
        BEARER,
        BASIC,
        API_KEY
    }

    @Override
    public List<URI> origins() {
        return List.of(baseUrl);
    }

    void authenticate(HttpCall call) {
        switch (authentication) {
            case NONE -> {}
            case BEARER -> call.bearer(given(secret, "secret"));
            case BASIC -> call.basic(given(username, "user name"), given(secret, "secret"));
            case API_KEY ->
                call.header(
                        given(headerName, "header name"),
                        given(secret, "secret").value());
        }
    }

    private <T> T given(@Nullable T value, String field) {
        if (value == null) {
            throw new Rejected(
                    "CONNECTION_INCOMPLETE", "The connection needs a " + field + " for " + authentication + ".");
        }
        return value;
    }
}
