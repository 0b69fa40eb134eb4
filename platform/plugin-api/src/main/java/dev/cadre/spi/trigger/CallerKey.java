package dev.cadre.spi.trigger;

import dev.cadre.spi.Secret;
import java.security.Key;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is checked by.
 *
 * @since 0.1
 */
public sealed interface CallerKey {

    /** The key of {@link Authentication.Signature}. */
    record Hmac(SecretKey key) implements CallerKey {
        @Override
        public String toString() {
            return "Hmac[(secret)]";
        }
    }

    /** The key of {@link Authentication.ApiKey}. */
    record ApiKey(Secret key) implements CallerKey {}

    /** Name and password of {@link Authentication.Basic}. */
    record Login(String user, Secret password) implements CallerKey {}

    /**
     * What verifies the tokens of {@link Authentication.Jwt}. The kind of key decides the only algorithm that counts: a
     * secret key HS256, an RSA key RS256, an EC key ES256.
     *
     * @param issuer who must have issued them; null for anybody
     * @param audience whom they must be meant for; null for anybody
     */
    record Token(Key key, @Nullable String issuer, @Nullable String audience) implements CallerKey {
        @Override
        public String toString() {
            return "Token[issuer=" + issuer + ", audience=" + audience + "]";
        }
    }
}
