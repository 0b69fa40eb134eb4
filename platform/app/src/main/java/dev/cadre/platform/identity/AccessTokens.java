package dev.cadre.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.identity.internal.Grants;
import dev.cadre.platform.identity.internal.LiveSessions;
import dev.cadre.platform.secret.MasterKey;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Issues and verifies the tokens that callers show: JWTs of 15 minutes. One algorithm, one key, one issuer and one audience are accepted, whatever a token says of
 * itself; the role is not in the token but read anew, so that a change of it counts at once.
 */
@Component
public final class AccessTokens {

    public static final Duration LIFETIME = Duration.ofMinutes(15);

    static final String ISSUER = "cadre";
    static final String AUDIENCE = "cadre-api";

    private static final int MAX_LENGTH = 2_048;
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build();

    private final JWSSigner signer;
    private final List<JWSVerifier> verifiers;
    private final LiveSessions sessions;
    private final Grants grants;

    AccessTokens(MasterKey masterKey, LiveSessions sessions, Grants grants) throws JOSEException {
        var key = masterKey.derive("access-token", 32);
        this.signer = new MACSigner(key);
        this.verifiers = verifiers(key, masterKey.derivePrevious("access-token", 32));
        this.sessions = sessions;
        this.grants = grants;
    }

    /** A token of the master key before counts for the quarter of an hour that it has. */
    private static List<JWSVerifier> verifiers(byte[] key, Optional<byte[]> previous) throws JOSEException {
        var all = new ArrayList<JWSVerifier>();
        all.add(new MACVerifier(key));
        if (previous.isPresent()) {
            all.add(new MACVerifier(previous.get()));
        }
        return List.copyOf(all);
    }

    private boolean isOurs(SignedJWT token) throws JOSEException {
        for (var verifier : verifiers) {
            if (token.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    public String issue(UserId user, OrganizationId organization, UUID session) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(user.toString())
                .claim("org", organization.toString())
                .claim("sid", session.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        var token = new SignedJWT(HEADER, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("An access token can't be signed", e);
        }
        return token.serialize();
    }

    /** Who shows this token; empty where it is forged, expired, or its session or membership has ended. */
    public Optional<Caller> verify(String token) {
        try {
            var jwt = genuine(token);
            return jwt.isEmpty() ? Optional.empty() : caller(jwt.get().getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Whether the hub made this token, be it good still or over. */
    boolean isOurs(String token) {
        try {
            return genuine(token).isPresent();
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    private Optional<SignedJWT> genuine(String token) throws ParseException, JOSEException {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var jwt = SignedJWT.parse(token);
        var header = jwt.getHeader();
        return JWSAlgorithm.HS256.equals(header.getAlgorithm()) && TYPE.equals(header.getType()) && isOurs(jwt)
                ? Optional.of(jwt)
                : Optional.empty();
    }

    private Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
        var expires = claims.getExpirationTime();
        if (!ISSUER.equals(claims.getIssuer())
                || !List.of(AUDIENCE).equals(claims.getAudience())
                || expires == null
                || !expires.toInstant().isAfter(Instant.now())) {
            return Optional.empty();
        }
        var user = new UserId(uuid(claims.getSubject()));
        var organization = new OrganizationId(uuid(claims.getStringClaim("org")));
        var session = uuid(claims.getStringClaim("sid"));
        return sessions.standing(user, organization, session)
                .map(standing -> new Caller(
                        user,
                        organization,
                        standing.role().role(),
                        grants.of(standing.role(), organization),
                        new Caller.SignedIn(session, standing.vouched())));
    }

    private static UUID uuid(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("A claim is missing");
        }
        return UUID.fromString(text);
    }
}
