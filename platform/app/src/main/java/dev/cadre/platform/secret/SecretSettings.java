package dev.cadre.platform.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master key comes from: {@code CADRE_MASTER_KEY}, {@code CADRE_MASTER_KEY_FILE} or a file in the data folder.
 *
 * @param masterKeyPrevious the one before, while it is being replaced
 */
@ConfigurationProperties("cadre")
record SecretSettings(
        @Nullable String masterKey,
        @Nullable Path masterKeyFile,
        @Nullable String masterKeyPrevious,
        @Nullable Path masterKeyPreviousFile,
        @DefaultValue("./data") Path home) {

    @Override
    public String toString() {
        return "SecretSettings[home=" + home + "]";
    }
}
