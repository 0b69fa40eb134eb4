package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.SettableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tokens of others, genuine and forged. */
@HookTests
class WebhookTokensIT {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String SHARED = "a secret of thirty-two bytes or more";
    private static final String JWT = "\"authentication\":\"jwt\"";

    private static RSAKey rsa;
    private static RSAKey foreign;
    private static ECKey ec;

    @LocalServerPort
    int port;

    @Autowired
    SettableClock clock;

    Hooks hooks;

    @BeforeAll
    static void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).generate();
        foreign = new RSAKeyGenerator(2048).keyID("foreign").generate();
        ec = new ECKeyGenerator(Curve.P_256).generate();
    }

    @BeforeEach
    void start() {
        hooks = new Hooks(port);
        clock.set(NOW);
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    @Test
    void takesTokensOfEachKindOfKey() throws Exception {
        hooks.secret("rs", Map.of("kind", "jwt-rs256", "publicKey", pem(rsa.toPublicKey())));
        hooks.publish("rs", JWT);
        var answer = call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), claims().build()));
        assertThat(answer.trigger().path("headers").has("authorization")).isFalse();

        var es = new Hooks(port, hooks.user);
        es.secret("es", Map.of("kind", "jwt-es256", "publicKey", pem(ec.toPublicKey())));
        es.publish("es", JWT);
        assertThat(call(es, token(JWSAlgorithm.ES256, new ECDSASigner(ec), claims().build()))
                        .status())
                .isEqualTo(200);

        var hs = new Hooks(port, hooks.user);
        hs.secret("hs", Map.of("kind", "jwt-hs256", "secret", SHARED));
        hs.publish("hs", JWT);
        var shared = new MACSigner(SHARED.getBytes(StandardCharsets.UTF_8));
        assertThat(call(hs, token(JWSAlgorithm.HS256, shared, claims().build())).status())
                .isEqualTo(200);
        assertThat(call(hs, token(JWSAlgorithm.HS384, new MACSigner(SHARED + SHARED), claims().build()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void twoKeysCountWhileOneTakesThePlaceOfTheOther() throws Exception {
        hooks.secret(
                "rs",
                Map.of(
                        "kind", "jwt-rs256",
                        "publicKey", pem(rsa.toPublicKey()),
                        "previousPublicKey", pem(foreign.toPublicKey())));
        hooks.publish("rs", JWT);

        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), claims().build()))
                        .status())
                .isEqualTo(200);
        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(foreign), claims().build()))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"-61, -900, 401", "-59, -900, 200", "600, 61, 401", "600, 59, 200", "600, -900, 200"})
    void clocksMayDifferByAMinute(int ends, int begins, int status) throws Exception {
        hooks.secret("rs", Map.of("kind", "jwt-rs256", "publicKey", pem(rsa.toPublicKey())));
        hooks.publish("rs", JWT);
        var claims = claims().expirationTime(Date.from(NOW.plusSeconds(ends)))
                .notBeforeTime(Date.from(NOW.plusSeconds(begins)))
                .build();

        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), claims))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void refusesEveryForgery() throws Exception {
        hooks.secret(
                "rs",
                Map.of(
                        "kind", "jwt-rs256",
                        "publicKey", pem(rsa.toPublicKey()),
                        "issuer", "https://issuer.example",
                        "audience", "cadre"));
        hooks.publish("rs", JWT);
        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), claims().build()))
                        .status())
                .as("the genuine one")
                .isEqualTo(200);
        var forged = forgeries();
        assertThat(forged).hasSizeGreaterThan(24);

        forged.forEach((attack, token) -> {
            var answer = call(token);
            assertThat(answer.status()).as(attack).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("webhook-unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        });

        assertThat(hooks.runs()).isEqualTo(1);
    }

    @Test
    void aTokenWithAnIdCountsOnceWhileItIsValid() throws Exception {
        hooks.secret("rs", Map.of("kind", "jwt-rs256", "publicKey", pem(rsa.toPublicKey())));
        hooks.publish("rs", JWT + ",\"jwt\":{\"refuseRepeats\":true}");
        var claims = claims().jwtID("one").build();
        var once = token(JWSAlgorithm.RS256, new RSASSASigner(rsa), claims);

        assertThat(call(once).status()).isEqualTo(200);
        assertThat(call(once).code()).isEqualTo("webhook-replayed");
        var sameId = claims().jwtID("one").subject("another").build();
        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), sameId))
                        .code())
                .isEqualTo("webhook-replayed");
        var next = claims().jwtID("two").build();
        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), next)).status())
                .isEqualTo(200);
        var other = claims().jwtID("one").issuer("https://other.example").build();
        assertThat(call(token(JWSAlgorithm.RS256, new RSASSASigner(rsa), other)).status())
                .isEqualTo(200);
        assertThat(hooks.runs()).isEqualTo(3);

        var many = new Hooks(port, hooks.user);
        many.publish("rs", JWT);
        assertThat(call(many, once).status()).isEqualTo(200);
        assertThat(call(many, once).status()).isEqualTo(200);
    }

    @Test
    void refusesEcSignaturesThatAreNone() throws Exception {
        hooks.secret("es", Map.of("kind", "jwt-es256", "publicKey", pem(ec.toPublicKey())));
        hooks.publish("es", JWT);
        var genuine = token(JWSAlgorithm.ES256, new ECDSASigner(ec), claims().build());
        var signed = genuine.substring(0, genuine.lastIndexOf('.') + 1);
        var der = com.nimbusds.jose.crypto.impl.ECDSA.transcodeSignatureToDER(
                new Base64URL(genuine.substring(signed.length())).decode());

        assertThat(call(genuine).status()).isEqualTo(200);
        assertThat(call(signed + Base64URL.encode(new byte[64])).status())
                .as("psychic signature")
                .isEqualTo(401);
        assertThat(call(signed + Base64URL.encode(der)).status())
                .as("another form of the same signature")
                .isEqualTo(401);
    }

    private static Map<String, String> forgeries() throws Exception {
        var signer = new RSASSASigner(rsa);
        var stranger = new RSASSASigner(foreign);
        var claims = claims().build();
        var genuine = token(JWSAlgorithm.RS256, signer, claims);
        var parts = genuine.split("\\.");
        var forged = new LinkedHashMap<String, String>();
        forged.put("no signature", new PlainJWT(claims).serialize());
        for (var none : List.of("none", "None", "nOnE", "NONE")) {
            forged.put("alg " + none, encoded("{\"alg\":\"" + none + "\"}") + "." + parts[1] + ".");
            forged.put(
                    "alg " + none + " with a signature",
                    encoded("{\"alg\":\"" + none + "\"}") + "." + parts[1] + "." + parts[2]);
        }
        var pem = pem(rsa.toPublicKey());
        forged.put("public key as secret, PEM", token(JWSAlgorithm.HS256, new MACSigner(pem), claims));
        forged.put(
                "public key as secret, DER",
                token(JWSAlgorithm.HS256, new MACSigner(rsa.toPublicKey().getEncoded()), claims));
        forged.put("another algorithm of the same key", token(JWSAlgorithm.RS512, signer, claims));
        forged.put("PS256 of the same key", token(JWSAlgorithm.PS256, signer, claims));
        forged.put("another key", token(JWSAlgorithm.RS256, stranger, claims));
        forged.put("brings its key", token(header().jwk(foreign.toPublicJWK()), stranger, claims));
        forged.put("brings the right key", token(header().jwk(rsa.toPublicJWK()), signer, claims));
        forged.put(
                "says where its key is", token(header().jwkURL(URI.create("http://127.0.0.1/keys")), stranger, claims));
        forged.put(
                "jku with the right key", token(header().jwkURL(URI.create("http://127.0.0.1/keys")), signer, claims));
        forged.put(
                "says where its certificate is",
                token(header().x509CertURL(URI.create("http://127.0.0.1/cert")), signer, claims));
        forged.put(
                "brings its certificate",
                token(header().x509CertChain(List.of(new com.nimbusds.jose.util.Base64("AAAA"))), stranger, claims));
        forged.put("names a file as key", token(header().keyID("../../dev/null"), stranger, claims));
        forged.put(
                "critical header",
                encoded("{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}") + "." + parts[1] + "." + parts[2]);
        forged.put("of another type", token(header().type(new JOSEObjectType("dpop+jwt")), signer, claims));
        forged.put(
                "payload not encoded",
                token(header().base64URLEncodePayload(false).criticalParams(Set.of("b64")), signer, claims));
        forged.put(
                "changed payload", parts[0] + "." + encoded("{\"sub\":\"root\",\"exp\":9999999999}") + "." + parts[2]);
        forged.put("cut signature", genuine.substring(0, genuine.length() - 8));
        forged.put("empty signature", parts[0] + "." + parts[1] + ".");
        forged.put("five parts", genuine + "." + parts[1] + "." + parts[2]);
        forged.put(
                "JSON form",
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}");
        forged.put(
                "no end",
                token(
                        JWSAlgorithm.RS256,
                        signer,
                        new JWTClaimsSet.Builder(claims).expirationTime(null).build()));
        forged.put(
                "over",
                token(
                        JWSAlgorithm.RS256,
                        signer,
                        claims().expirationTime(Date.from(NOW.minusSeconds(3600)))
                                .build()));
        forged.put(
                "another issuer",
                token(
                        JWSAlgorithm.RS256,
                        signer,
                        claims().issuer("https://issuer.example.evil").build()));
        forged.put(
                "no issuer",
                token(JWSAlgorithm.RS256, signer, claims().issuer(null).build()));
        forged.put(
                "another audience",
                token(JWSAlgorithm.RS256, signer, claims().audience("other").build()));
        forged.put(
                "no audience",
                token(
                        JWSAlgorithm.RS256,
                        signer,
                        claims().audience((String) null).build()));
        forged.put("nothing", "");
        return forged;
    }

    private static String encoded(String json) {
        return Base64URL.encode(json).toString();
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("caller")
                .issuer("https://issuer.example")
                .audience(List.of("cadre", "others"))
                .expirationTime(Date.from(NOW.plusSeconds(600)));
    }

    private static String token(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        return token(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT), signer, claims);
    }

    private static String token(JWSHeader.Builder header, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(header.build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private Hooks.Answer call(String token) {
        return call(hooks, token);
    }

    private static Hooks.Answer call(Hooks hooks, String token) {
        return hooks.post("{}", "Authorization", "Bearer " + token);
    }
}
