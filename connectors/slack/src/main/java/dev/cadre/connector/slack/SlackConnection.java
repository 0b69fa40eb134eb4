package dev.cadre.connector.slack;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import dev.cadre.spi.connector.ConnectionSettings;
import java.net.URI;
import java.util.List;

/** An organization's access to one Slack workspace. */
public record SlackConnection(
        @Field(label = "Bot token", help = "Starts with xoxb-. Scopes: chat:write, users:read.email.")
        Secret botToken,

        @Field(label = "API address", advanced = true, defaultValue = "\"https://slack.com/api\"")
        URI apiAddress)
        implements ConnectionSettings {

    @Override
    public List<URI> origins() {
        return List.of(apiAddress);
    }
}
