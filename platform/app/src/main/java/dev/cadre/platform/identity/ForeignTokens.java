package dev.cadre.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks the tokens (JWT) that somebody else has issued, by one key. The kind of key decides the only algorithm that counts;
 * what a token says of its own key is never looked at. It must have an end ({@code exp}).
 */
public final class ForeignTokens {

    /** How far the issuer's clock may be from ours. */
    public static final Duration LEEWAY = Duration.ofMinutes(1);

    private static final int MAX_LENGTH = 8_192;

    /** No type at all, or one that says JWT or access token: nothing that was signed for another purpose. */
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    private final JWSAlgorithm algorithm;
    private final JWSVerifier verifier;
    private final @Nullable String issuer;
    private final @Nullable String audience;

    private ForeignTokens(
            JWSAlgorithm algorithm, JWSVerifier verifier, @Nullable String issuer, @Nullable String audience) {
        this.algorithm = algorithm;
        this.verifier = verifier;
        this.issuer = issuer;
        this.audience = audience;
    }

    /**
     * Tokens that a secret key (HS256), an RSA key (RS256) or an EC key of P-256 (ES256) verifies.
     *
     * @param issuer that {@code iss} must be; null for any
     * @param audience that {@code aud} must contain; null for any
     * @throws IllegalArgumentException for another kind of key, or one that is too weak
     */
    public static ForeignTokens of(Key key, @Nullable String issuer, @Nullable String audience) {
        try {
            return switch (key) {
                case SecretKey secret ->
                    new ForeignTokens(JWSAlgorithm.HS256, new MACVerifier(secret), issuer, audience);
                case RSAPublicKey rsa ->
                    new ForeignTokens(JWSAlgorithm.RS256, new RSASSAVerifier(rsa), issuer, audience);
                case ECPublicKey ec -> new ForeignTokens(JWSAlgorithm.ES256, new ECDSAVerifier(ec), issuer, audience);
                default -> throw new IllegalArgumentException("No token is signed with a key of this kind.");
            };
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The key does not fit a token's algorithm.", e);
        }
    }

    /**
     * A token that was accepted.
     *
     * @param id its {@code jti} with its issuer's name, which no other of its tokens has; null where it has none
     * @param ends from when on it is not accepted any more
     */
    public record Accepted(@Nullable String id, Instant ends) {}

    /** What a token says of itself; empty unless it is genuine, meant for us and valid at this time. */
    public Optional<Accepted> accept(String token, Instant now) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            return isPlain(jwt.getHeader()) && jwt.verify(verifier) && accepts(jwt.getJWTClaimsSet(), now)
                    ? Optional.of(accepted(jwt.getJWTClaimsSet()))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static Accepted accepted(JWTClaimsSet claims) {
        var id = claims.getJWTID();
        return new Accepted(
                id == null || id.isEmpty() ? null : claims.getIssuer() + "\n" + id,
                claims.getExpirationTime().toInstant().plus(LEEWAY));
    }

    private boolean isPlain(JWSHeader header) {
        var type = header.getType();
        return algorithm.equals(header.getAlgorithm())
                && (type == null || TYPES.contains(type))
                && header.getJWK() == null
                && header.getJWKURL() == null
                && header.getX509CertURL() == null
                && header.getX509CertChain() == null
                && header.getCriticalParams() == null
                && header.isBase64URLEncodePayload();
    }

    private boolean accepts(JWTClaimsSet claims, Instant now) {
        var ends = claims.getExpirationTime();
        var begins = claims.getNotBeforeTime();
        return ends != null
                && ends.toInstant().plus(LEEWAY).isAfter(now)
                && (begins == null || !begins.toInstant().minus(LEEWAY).isAfter(now))
                && (issuer == null || issuer.equals(claims.getIssuer()))
                && (audience == null || claims.getAudience().contains(audience));
    }
}
