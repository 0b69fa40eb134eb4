package dev.cadre.connector.webhook;

import dev.cadre.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Reads keys as people enter them. Failures never tell what was entered. */
final class KeyMaterial {

    private static final int SHORTEST_TOKEN_SECRET = 32;
    private static final int SHORTEST_RSA = 2048;
    private static final int P256 = 256;
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

    private KeyMaterial() {}

    static void requireSecret(WebhookSecret.Kind kind, Secret secret, WebhookSecret.Format format) {
        switch (kind) {
            case HMAC -> hmac(secret, format);
            case JWT_HS256 -> hs256(secret, format);
            case API_KEY, BASIC, JWT_RS256, JWT_ES256 -> {}
        }
    }

    static void requirePublicKey(WebhookSecret.Kind kind, String pem) {
        switch (kind) {
            case JWT_RS256 -> rsa(pem);
            case JWT_ES256 -> ec(pem);
            case HMAC, API_KEY, BASIC, JWT_HS256 -> {}
        }
    }

    static SecretKey hmac(Secret secret, WebhookSecret.Format format) {
        return new SecretKeySpec(bytes(secret, format), "HmacSHA256");
    }

    static SecretKey hs256(Secret secret, WebhookSecret.Format format) {
        var bytes = bytes(secret, format);
        if (bytes.length < SHORTEST_TOKEN_SECRET) {
            throw new IllegalArgumentException("a secret for HS256 must have at least 32 bytes");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static byte[] bytes(Secret secret, WebhookSecret.Format format) {
        byte[] bytes;
        try {
            bytes = switch (format) {
                case TEXT -> secret.value().getBytes(StandardCharsets.UTF_8);
                case BASE64 -> Base64.getDecoder().decode(secret.value().strip());
                case HEX -> HexFormat.of().parseHex(secret.value().strip());
            };
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length == 0) {
            throw new IllegalArgumentException(
                    "the secret is not " + (format == WebhookSecret.Format.HEX ? "hexadecimal" : "Base64"));
        }
        return bytes;
    }

    static PublicKey rsa(String pem) {
        if (key(pem, "RSA") instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA) {
            return rsa;
        }
        throw new IllegalArgumentException("an RSA key must have at least 2048 bits");
    }

    static PublicKey ec(String pem) {
        if (key(pem, "EC") instanceof ECPublicKey ec
                && ec.getParams().getOrder().bitLength() == P256) {
            return ec;
        }
        throw new IllegalArgumentException("a key for ES256 must be of the curve P-256");
    }

    private static PublicKey key(String pem, String algorithm) {
        var matcher = PEM.matcher(pem);
        if (matcher.matches()) {
            try {
                var encoded = Base64.getMimeDecoder().decode(matcher.group(1));
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (IllegalArgumentException | GeneralSecurityException e) {
                // said below
            }
        }
        throw new IllegalArgumentException(
                "the public key must be an " + algorithm + " key in PEM, from -----BEGIN PUBLIC KEY----- on");
    }
}
