package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.secret.MasterKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The known attacks on tokens, by name: each is answered with 401, and the true token works before and after. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class JwtAttacksIT {

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    @LocalServerPort
    int port;

    @Autowired
    MasterKey masterKey;

    private final Map<String, Callable<String>> attacks = new LinkedHashMap<>();
    private TestUser ada;
    private TestUser eve;
    private RSAKey rsa;
    private String header;
    private String payload;
    private String signature;

    @TestFactory
    Stream<DynamicTest> everyKnownAttackIsRefused() throws Exception {
        ada = TestUser.register(port);
        eve = TestUser.register(port);
        rsa = new RSAKeyGenerator(2048).keyID("eve").generate();
        var parts = ada.token().split("\\.");
        header = parts[0];
        payload = parts[1];
        signature = parts[2];
        algorithms();
        keysThatTheTokenBrings();
        otherKeys();
        claims();
        shapes();
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(50);
        return attacks.entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.getKey(), () -> {
                    assertThat(ada.get("/api/v1/me").status()).isEqualTo(200);
                    assertThat(ada.withToken(attack.getValue().call())
                                    .get("/api/v1/me")
                                    .status())
                            .isEqualTo(401);
                }));
    }

    private void algorithms() {
        for (var none : List.of("none", "None", "NONE", "nOnE", "")) {
            attacks.put(
                    "alg \"" + none + "\" without a signature",
                    () -> headed("{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\"}", ""));
            attacks.put(
                    "alg \"" + none + "\" with the true signature",
                    () -> headed("{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\"}", signature));
        }
        attacks.put("no alg at all", () -> headed("{\"typ\":\"at+jwt\"}", signature));
        attacks.put("alg null", () -> headed("{\"alg\":null,\"typ\":\"at+jwt\"}", signature));
        attacks.put("alg in lower case", () -> headed("{\"alg\":\"hs256\",\"typ\":\"at+jwt\"}", signature));
        attacks.put("alg as a list", () -> headed("{\"alg\":[\"HS256\",\"none\"],\"typ\":\"at+jwt\"}", signature));
        attacks.put(
                "alg said twice", () -> headed("{\"alg\":\"none\",\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", signature));
        attacks.put("the signature stripped", () -> header + "." + payload + ".");
        attacks.put("the true key under HS384", () -> signed(JWSAlgorithm.HS384, masterKey.derive("access-token", 48)));
        attacks.put("the true key under HS512", () -> signed(JWSAlgorithm.HS512, masterKey.derive("access-token", 64)));
        attacks.put(
                "the psychic signature: ES256 of zeros",
                () -> headed("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", "A".repeat(86)));
        attacks.put("EdDSA of zeros", () -> headed("{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\"}", "A".repeat(86)));
        attacks.put("PS256 of nothing", () -> headed("{\"alg\":\"PS256\",\"typ\":\"at+jwt\"}", "AAAA"));
        attacks.put("RS256 with a key of one's own", () -> rsaSigned(JWSAlgorithm.RS256, builder -> {}));
        attacks.put(
                "key confusion: a public RSA key as the secret of HS256",
                () -> signed(JWSAlgorithm.HS256, rsa.toRSAPublicKey().getEncoded()));
    }

    private void keysThatTheTokenBrings() {
        attacks.put("an embedded jwk", () -> rsaSigned(JWSAlgorithm.RS256, head -> head.jwk(rsa.toPublicJWK())));
        attacks.put(
                "a jku",
                () -> rsaSigned(JWSAlgorithm.RS256, head -> head.jwkURL(URI.create("http://127.0.0.1:1/jwks"))));
        attacks.put(
                "an x5u",
                () -> rsaSigned(JWSAlgorithm.RS256, head -> head.x509CertURL(URI.create("http://127.0.0.1:1/c"))));
        attacks.put(
                "an embedded x5c",
                () -> rsaSigned(
                        JWSAlgorithm.RS256,
                        head -> head.x509CertChain(List.of(new com.nimbusds.jose.util.Base64("MIIB")))));
        for (var kid : List.of(
                "../../../../../../dev/null",
                "x' union select '' --",
                "/proc/sys/kernel/randomize_va_space",
                "|/bin/sh -c id",
                "http://127.0.0.1/key",
                "cursor")) {
            attacks.put("the kid " + kid + " and an empty key", () -> signed(new byte[32], head -> head.keyID(kid)));
        }
        attacks.put(
                "an unknown crit",
                () -> signed(key(), head -> head.criticalParams(Set.of("evil")).customParam("evil", true)));
        attacks.put(
                "an unencoded payload (b64 false)",
                () -> signed(key(), head -> head.base64URLEncodePayload(false).criticalParams(Set.of("b64"))));
    }

    private void otherKeys() {
        for (var weak : List.of("secret", "changeme", "cadre", "your-256-bit-secret", "")) {
            attacks.put(
                    "the guessed key \"" + weak + "\"",
                    () -> signed(java.util.Arrays.copyOf(weak.getBytes(StandardCharsets.UTF_8), 32), head -> {}));
        }
        attacks.put("the hub's key for another purpose", () -> signed(masterKey.derive("cursor", 32), head -> {}));
        attacks.put(
                "another hub's key",
                () -> signed(
                        new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                            26, 27, 28, 29, 30, 31, 32
                        },
                        head -> {}));
        attacks.put(
                "a changed payload under the old signature",
                () -> header + "." + encode(decode(payload).replace(ada.organization(), eve.organization())) + "."
                        + signature);
        attacks.put(
                "the signature of another token",
                () -> header + "." + payload + "." + eve.token().split("\\.")[2]);
        attacks.put(
                "a flipped bit of the signature",
                () -> header + "." + payload + "." + (signature.charAt(0) == 'A' ? 'B' : 'A') + signature.substring(1));
        attacks.put("half of the signature", () -> header + "." + payload + "." + signature.substring(0, 20));
    }

    private void claims() {
        claim(
                "a token that has ended",
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(1))));
        claim("a token without an end", claims -> claims.expirationTime(null));
        claim("an end that is text", claims -> claims.claim("exp", "never"));
        claim("an end before all time", claims -> claims.claim("exp", -1));
        claim("another issuer", claims -> claims.issuer("eve"));
        claim("no issuer", claims -> claims.issuer(null));
        claim("another audience", claims -> claims.audience("cadre-web"));
        claim("two audiences", claims -> claims.audience(List.of("cadre-api", "eve")));
        claim("no audience", claims -> claims.audience((String) null));
        claim("nobody", claims -> claims.subject(null));
        claim("another person in the same sign-in", claims -> claims.subject(eve.id()));
        claim("another organization", claims -> claims.claim("org", eve.organization()));
        claim("an organization that is no id", claims -> claims.claim("org", "' or 1=1 --"));
        claim("an organization that is a number", claims -> claims.claim("org", 1));
        claim("somebody else's sign-in", claims -> claims.claim("sid", sid(eve)));
        claim(
                "an invented sign-in",
                claims -> claims.claim("sid", UUID.randomUUID().toString()));
        claim("no sign-in", claims -> claims.claim("sid", null));
        attacks.put("another type of token", () -> {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(JOSEObjectType.JWT)
                            .build(),
                    issued());
            token.sign(new MACSigner(key()));
            return token.serialize();
        });
        attacks.put("no type at all", () -> {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), issued());
            token.sign(new MACSigner(key()));
            return token.serialize();
        });
    }

    private void shapes() {
        attacks.put("an encrypted token around it", () -> {
            var jwe = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                            .contentType("JWT")
                            .build(),
                    new Payload(ada.token()));
            jwe.encrypt(new DirectEncrypter(key()));
            return jwe.serialize();
        });
        attacks.put(
                "the JSON form of a signature",
                () -> "{\"protected\":\"" + header + "\",\"payload\":\"" + payload + "\",\"signature\":\"" + signature
                        + "\"}");
        attacks.put("four parts", () -> ada.token() + "." + signature);
        attacks.put("two parts", () -> header + "." + payload);
        attacks.put("dots alone", () -> "..");
        attacks.put("a token of a megabyte", () -> header + "." + payload + "." + "A".repeat(7_000));
        attacks.put(
                "a payload that nests a thousand times",
                () -> header + "." + encode("[".repeat(1_000)) + "." + signature);
        attacks.put("the token twice", () -> ada.token() + " " + ada.token());
        attacks.put("the token behind a comma", () -> "x," + ada.token());
    }

    @Test
    void tokensCountInTheirHeaderAlone() {
        ada = TestUser.register(port);
        var nobody = TestUser.nobody(port);
        var token = ada.token();

        assertThat(nobody.get("/api/v1/me?access_token=" + token).status()).isEqualTo(401);
        assertThat(nobody.get("/api/v1/me?token=" + token).status()).isEqualTo(401);
        assertThat(nobody.get("/api/v1/me", "Cookie", "access_token=" + token).status())
                .isEqualTo(401);
        assertThat(nobody.get("/api/v1/me", "X-Access-Token", token).status()).isEqualTo(401);
        assertThat(nobody.get("/api/v1/me", "Authorization", "Basic " + token).status())
                .isEqualTo(401);
        assertThat(nobody.get("/api/v1/me", "Authorization", token).status()).isEqualTo(401);
        assertThat(nobody.get("/api/v1/me", "Proxy-Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
    }

    private void claim(String name, Consumer<JWTClaimsSet.Builder> change) {
        attacks.put("a true signature over " + name, () -> {
            var claims = new JWTClaimsSet.Builder(issued());
            change.accept(claims);
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims.build());
            token.sign(new MACSigner(key()));
            return token.serialize();
        });
    }

    private JWTClaimsSet issued() throws java.text.ParseException {
        return SignedJWT.parse(ada.token()).getJWTClaimsSet();
    }

    private static String sid(TestUser user) {
        try {
            return SignedJWT.parse(user.token()).getJWTClaimsSet().getStringClaim("sid");
        } catch (java.text.ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] key() {
        return masterKey.derive("access-token", 32);
    }

    private String headed(String head, String signed) {
        return encode(head) + "." + payload + "." + signed;
    }

    private String signed(JWSAlgorithm algorithm, byte[] key) throws Exception {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).type(TYPE).build(), issued());
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private String signed(byte[] key, Consumer<JWSHeader.Builder> change) throws Exception {
        var head = new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE);
        change.accept(head);
        var token = new SignedJWT(head.build(), issued());
        var signer = new MACSigner(key);
        signer.getJCAContext();
        token.sign(signer);
        return token.serialize();
    }

    private String rsaSigned(JWSAlgorithm algorithm, Consumer<JWSHeader.Builder> change) throws Exception {
        var head = new JWSHeader.Builder(algorithm).type(TYPE).keyID("eve");
        change.accept(head);
        var token = new SignedJWT(head.build(), issued());
        token.sign(new RSASSASigner(rsa));
        return token.serialize();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
