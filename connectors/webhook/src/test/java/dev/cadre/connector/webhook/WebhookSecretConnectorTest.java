package dev.cadre.connector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.CallerKey;
import dev.cadre.testkit.ConnectorContractTest;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSecretConnectorTest extends ConnectorContractTest {

    WebhookSecretConnectorTest() {
        super(new WebhookSecretConnector());
    }

    static WebhookSecret secret(Map<String, Object> values) {
        try (var bindings = new RecordBindings()) {
            return bindings.of(WebhookSecret.class).read(values);
        }
    }

    @Test
    void bothSecretsCountWhileOneTakesThePlaceOfTheOther() {
        assertThat(secret(Map.of("secret", "new one", "previous", "old one")).keys())
                .containsExactly(
                        new CallerKey.Hmac(new SecretKeySpec("new one".getBytes(), "HmacSHA256")),
                        new CallerKey.Hmac(new SecretKeySpec("old one".getBytes(), "HmacSHA256")));
        assertThat(secret(Map.of("kind", "basic", "username", "ada", "secret", "pass"))
                        .keys())
                .containsExactly(new CallerKey.Login("ada", new Secret("pass")));
    }

    @Test
    void readsSecretsInTheirFormat() {
        assertThat(secret(Map.of("secret", "AQI=", "format", "base64")).keys())
                .containsExactly(new CallerKey.Hmac(new SecretKeySpec(new byte[] {1, 2}, "HmacSHA256")));
        assertThat(secret(Map.of("secret", "0102", "format", "hex")).keys())
                .containsExactly(new CallerKey.Hmac(new SecretKeySpec(new byte[] {1, 2}, "HmacSHA256")));
    }

    @Test
    void readsPublicKeys() throws GeneralSecurityException {
        var rsa = secret(Map.of("kind", "jwt-rs256", "publicKey", pem("RSA", 2048)));
        var ec = secret(Map.of("kind", "jwt-es256", "publicKey", pem("EC", 256), "issuer", "me"));

        assertThat(rsa.keys())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallerKey.Token.class, token -> assertThat(token.key()).isInstanceOf(RSAPublicKey.class));
        assertThat(ec.keys()).singleElement().isInstanceOfSatisfying(CallerKey.Token.class, token -> {
            assertThat(token.key()).isInstanceOf(ECPublicKey.class);
            assertThat(token.issuer()).isEqualTo("me");
        });
    }

    @Test
    void refusesKeysThatAreTooWeakOrOfAnotherKind() throws GeneralSecurityException {
        refuses(Map.of("kind", "jwt-rs256", "publicKey", pem("RSA", 1024)), "2048");
        refuses(Map.of("kind", "jwt-es256", "publicKey", pem("EC", 384)), "P-256");
        refuses(Map.of("kind", "jwt-es256", "publicKey", pem("RSA", 2048)), "EC key");
        refuses(Map.of("kind", "jwt-rs256", "publicKey", "-----BEGIN PRIVATE KEY-----"), "PEM");
        refuses(Map.of("kind", "jwt-hs256", "secret", "short"), "32 bytes");
        refuses(Map.of("kind", "api-key"), "needs a secret");
    }

    private static void refuses(Map<String, Object> values, String why) {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> secret(values))
                .withMessageContaining(why);
    }

    private static String pem(String algorithm, int size) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp" + size + "r1"));
        } else {
            generator.initialize(size);
        }
        var encoded = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\r\n" + encoded + "\r\n-----END PUBLIC KEY-----";
    }
}
