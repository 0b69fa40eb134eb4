package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsCertificateTest {

    static final String FILES = "src/test/resources/tls/";

    @ParameterizedTest
    @CsvSource({"first.crt, first.key", "rsa.crt, rsa-pkcs1.key"})
    void readsACertificateAndItsKey(String certificate, String key) {
        var read = new TlsSettings(FILES + certificate, " " + FILES + key + " ").read();

        assertThat(read).isNotNull();
        assertThat(read.chain()).hasSize(1);
        assertThat(read.bundle().createSslContext()).isNotNull();
        assertThat(read.bundle().getOptions().getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.crt  | first.key         | CADRE_TLS_CERT names a file that can't be read",
                "first.crt | none.key          | CADRE_TLS_KEY names a file that can't be read",
                "first.key | first.key         | CADRE_TLS_CERT must be a PEM file",
                "README.md | first.key         | CADRE_TLS_CERT must be a PEM file",
                "first.crt | first.crt         | CADRE_TLS_KEY must be a PEM file",
                "first.crt | README.md         | CADRE_TLS_KEY must be a PEM file",
                "first.crt | with-password.key | has a password",
                "first.crt | next.key          | does not belong to the first certificate",
                "first.crt | rsa-pkcs1.key     | does not belong to the first certificate",
            })
    void saysInASentenceWhatIsWrongWithTheFiles(String certificate, String key, String sentence) {
        assertThatThrownBy(() -> new TlsSettings(FILES + certificate, FILES + key).read())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(sentence);
    }
}
