package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.trigger.Authentication;

/** What a webhook makes of tokens. */
record JwtSettings(
        @Field(
                label = "Take each token once",
                help =
                        "A token with an id (jti) counts once; not for access tokens, which are sent with many requests.",
                defaultValue = "false")
        boolean refuseRepeats) {

    Authentication.Jwt jwt() {
        return new Authentication.Jwt(refuseRepeats);
    }
}
