package dev.cadre.platform.model;

import dev.cadre.platform.shared.SettingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys and addresses of the model providers, for everybody on this installation.
 *
 * @param defaultModel what {@code default} means, blank for the first configured provider's
 */
@ConfigurationProperties("cadre.model")
public record ModelSettings(
        @DefaultValue("") String defaultModel,
        @DefaultValue Provider anthropic,
        @DefaultValue Provider openai,
        @DefaultValue Provider google) {

    /** One provider: blank text means not set. */
    public record Provider(
            @DefaultValue("") String apiKey,
            @DefaultValue("") String apiKeyFile,
            @DefaultValue("") String baseUrl) {

        /** The key, from the setting or from its file; null when there is none. */
        public @Nullable String key() {
            if (!apiKey.isBlank()) {
                return apiKey.strip();
            }
            if (apiKeyFile.isBlank()) {
                return null;
            }
            try {
                var text = Files.readString(Path.of(apiKeyFile)).strip();
                return text.isEmpty() ? null : text;
            } catch (IOException e) {
                throw new SettingException("The model key file " + apiKeyFile + " can't be read.", e);
            }
        }

        /** The operator's address without a slash at its end; null for the provider's public one. */
        public @Nullable String address() {
            if (baseUrl.isBlank()) {
                return null;
            }
            var text = baseUrl.strip().replaceAll("/+$", "");
            try {
                var uri = URI.create(text);
                if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
                    throw new SettingException("The model address " + text + " must be an http or https URL.");
                }
            } catch (IllegalArgumentException e) {
                throw new SettingException("The model address " + text + " must be an http or https URL.", e);
            }
            return text;
        }

        @Override
        public String toString() {
            return "Provider[baseUrl=" + baseUrl + "]";
        }
    }

    /** The operator's own addresses: the egress guard lets the gateway reach them. */
    public List<URI> addresses() {
        return Stream.of(anthropic, openai, google)
                .map(Provider::address)
                .filter(address -> address != null)
                .map(URI::create)
                .toList();
    }
}
