package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.SettingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hub's own certificate, if it speaks TLS itself: {@code CADRE_TLS_CERT} and {@code CADRE_TLS_KEY}, two PEM files.
 *
 * @param cert the certificate, followed by those that lead from it to one that browsers know
 * @param key its private key
 */
@ConfigurationProperties("cadre.tls")
record TlsSettings(
        @DefaultValue("") String cert, @DefaultValue("") String key) {

    TlsSettings {
        cert = cert.strip();
        key = key.strip();
        if (cert.isEmpty() != key.isEmpty()) {
            throw new SettingException(
                    "CADRE_TLS_CERT and CADRE_TLS_KEY go together: the certificate and its private key, each a PEM file.");
        }
    }

    boolean isSet() {
        return !cert.isEmpty();
    }

    /** The pair as it lies in the files now; null where there is none to be read. */
    @Nullable
    TlsCertificate read() {
        return isSet() ? TlsCertificate.read(Path.of(cert), Path.of(key)) : null;
    }
}
