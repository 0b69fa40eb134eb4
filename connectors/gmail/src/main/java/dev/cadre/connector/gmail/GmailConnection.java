package dev.cadre.connector.gmail;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;

/** An organization's access to one mailbox, by an OAuth client of its own at Google. */
public record GmailConnection(
        @Field(label = "Client ID", help = "Of an OAuth client of type Web application in the Google Cloud console.")
        @NotBlank
        String clientId,

        @Field(label = "Client secret") Secret clientSecret,

        @Field(label = "API address", advanced = true, defaultValue = "\"https://gmail.googleapis.com\"")
        URI apiAddress,

        @Field(
                label = "Consent page",
                advanced = true,
                defaultValue = "\"https://accounts.google.com/o/oauth2/v2/auth\"")
        URI consentAddress,

        @Field(label = "Token address", advanced = true, defaultValue = "\"https://oauth2.googleapis.com/token\"")
        URI tokenAddress)
        implements OAuthSettings {

    @Override
    public List<URI> origins() {
        return List.of(apiAddress);
    }

    @Override
    public OAuth2 oauth(OAuth2 declared) {
        return new OAuth2(consentAddress, tokenAddress, declared.scopes(), declared.parameters());
    }
}
