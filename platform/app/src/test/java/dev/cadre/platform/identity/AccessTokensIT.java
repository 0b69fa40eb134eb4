package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.secret.MasterKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Attacks the tokens: whatever is not exactly what the hub issued is answered with 401. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessTokensIT {

    @LocalServerPort
    int port;

    @Autowired
    MasterKey masterKey;

    private TestUser ada;
    private JWTClaimsSet issued;

    @BeforeEach
    void signUp() throws ParseException {
        ada = TestUser.register(port);
        issued = SignedJWT.parse(ada.token()).getJWTClaimsSet();
    }

    @Test
    void acceptsWhatTheHubWouldIssue() throws JOSEException {
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> {}))).isEqualTo(200);
    }

    @Test
    void refusesNoAlgorithm() {
        assertThat(status(new PlainJWT(issued).serialize())).isEqualTo(401);
        var typed = new PlainHeader.Builder().type(new JOSEObjectType("at+jwt")).build();
        assertThat(status(new PlainJWT(typed, issued).serialize())).isEqualTo(401);
    }

    @Test
    void refusesAnotherKeyAndAnotherAlgorithm() throws JOSEException {
        assertThat(status(signed(JWSAlgorithm.HS256, new byte[32], claims -> {})))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS512, masterKey.derive("access-token", 64), claims -> {})))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, masterKey.derive("cursor", 32), claims -> {})))
                .isEqualTo(401);
    }

    @Test
    void refusesAnotherType() throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                issued);
        token.sign(new MACSigner(key()));
        assertThat(status(token.serialize())).isEqualTo(401);
    }

    @Test
    void refusesExpiredOrEndlessTokens() throws JOSEException {
        var past = Date.from(Instant.now().minusSeconds(1));
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.expirationTime(past))))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.expirationTime(null))))
                .isEqualTo(401);
    }

    @Test
    void refusesAnotherIssuerAudienceSessionUserOrOrganization() throws JOSEException {
        var other = UUID.randomUUID().toString();
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.issuer("eve"))))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.audience("eve"))))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.claim("sid", other))))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.subject(other))))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.claim("org", other))))
                .isEqualTo(401);
        assertThat(status(signed(JWSAlgorithm.HS256, key(), claims -> claims.claim("org", "none"))))
                .isEqualTo(401);
    }

    @Test
    void refusesTamperedAndBrokenTokens() {
        var parts = ada.token().split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1])).replace("cadre-api", "cadre-apj");
        var changed = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes());

        assertThat(status(parts[0] + "." + changed + "." + parts[2])).isEqualTo(401);
        assertThat(status(parts[0] + "." + parts[1] + ".")).isEqualTo(401);
        assertThat(status(parts[0] + "." + parts[1])).isEqualTo(401);
        assertThat(status("x")).isEqualTo(401);
        assertThat(status("a".repeat(5_000))).isEqualTo(401);
        assertThat(status("null.null.null")).isEqualTo(401);
    }

    @Test
    void challengesWithAProblem() {
        var answer = TestUser.nobody(port).get("/api/v1/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asString()).isEqualTo("unauthenticated");
    }

    private int status(String token) {
        return ada.withToken(token).get("/api/v1/me").status();
    }

    private byte[] key() {
        return masterKey.derive("access-token", 32);
    }

    private String signed(JWSAlgorithm algorithm, byte[] key, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        var claims = new JWTClaimsSet.Builder(issued);
        change.accept(claims);
        var header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var token = new SignedJWT(header, claims.build());
        token.sign(new MACSigner(key));
        return token.serialize();
    }
}
