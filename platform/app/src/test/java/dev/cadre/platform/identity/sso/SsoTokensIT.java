package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.TestUser;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes back from an identity provider, and what somebody else makes of it. */
class SsoTokensIT extends SsoTests {

    /** Makes an ID token of the provider and of claims that it would be right with. */
    private interface Forgery {
        String make(TestProvider provider, Map<String, Object> right) throws JOSEException;
    }

    private record Attack(String name, Forgery forgery) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                attack("no signature", (provider, claims) -> new PlainJWT(TestProvider.set(claims)).serialize()),
                attack("the client secret as key", (provider, claims) -> mac(TestProvider.SECRET.getBytes(), claims)),
                attack(
                        "the public key as secret",
                        (provider, claims) -> mac(provider.key.toRSAPublicKey().getEncoded(), claims)),
                attack("another issuer", changed("iss", "https://login.example.com")),
                attack("another client's", changed("aud", "somebody-else")),
                attack("made for two, by the other", (provider, claims) -> {
                    claims.put("aud", List.of(TestProvider.CLIENT, "somebody-else"));
                    claims.put("azp", "somebody-else");
                    return provider.sign(claims);
                }),
                attack("expired", changed("exp", Date.from(Instant.now().minusSeconds(120)))),
                attack("without an end", changed("exp", "")),
                attack("of tomorrow", changed("iat", Date.from(Instant.now().plusSeconds(86_400)))),
                attack("without a nonce", changed("nonce", "")),
                attack("of another sign-in", changed("nonce", "another-nonce")),
                attack("without a subject", changed("sub", "")),
                attack("a key that is not published", (provider, claims) -> {
                    var key = TestProvider.key("unknown");
                    return TestProvider.sign(key, header("unknown").build(), claims);
                }),
                attack(
                        "another key under the name of the right one",
                        (provider, claims) -> TestProvider.sign(
                                TestProvider.key("first"),
                                header(provider.key.getKeyID()).build(),
                                claims)),
                attack("a key that it brings itself", (provider, claims) -> {
                    var key = TestProvider.key("mine");
                    return TestProvider.sign(
                            key, header("mine").jwk(key.toPublicJWK()).build(), claims);
                }),
                attack("changed after it was signed", (provider, claims) -> {
                    var parts = provider.sign(claims).split("\\.");
                    claims.put("sub", "somebody-else");
                    return parts[0] + "." + TestProvider.set(claims).toPayload().toBase64URL() + "." + parts[2];
                }),
                attack("no token at all", (provider, claims) -> "x"));
    }

    private static Attack attack(String name, Forgery forgery) {
        return new Attack(name, forgery);
    }

    private static Forgery changed(String claim, Object value) {
        return (provider, claims) -> {
            claims.put(claim, value);
            claims.values().removeIf(""::equals);
            return provider.sign(claims);
        };
    }

    private static JWSHeader.Builder header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid);
    }

    private static String mac(byte[] key, Map<String, Object> claims) throws JOSEException {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), TestProvider.set(claims));
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    @Test
    void wantsASignInThatIsAsStrongAsTheOrganizationAsksFor() {
        setUp(Map.of("requiredMethods", List.of("mfa", "urn:strong")));
        assertThat(begin(owner).query().get("acr_values")).isEqualTo("mfa urn:strong");

        assertRefused(signIn(owner, Map.of("email", email("weak"))), "sso-too-weak");
        assertRefused(signIn(owner, Map.of("email", email("weak"), "acr", "0", "amr", List.of("pwd"))), "sso-too-weak");
        assertRefused(signIn(owner, Map.of("email", email("weak"), "amr", "mfa")), "sso-too-weak");
        refreshCookie(signIn(owner, Map.of("email", email("strong"), "amr", List.of("pwd", "mfa"))));
        refreshCookie(signIn(owner, Map.of("email", email("other"), "acr", "urn:strong")));

        setUp(Map.of()); // who does not know of it takes nothing away
        assertRefused(signIn(owner, Map.of("email", email("weak"))), "sso-too-weak");
        setUp(Map.of("requiredMethods", List.of()));
        refreshCookie(signIn(owner, Map.of("email", email("weak"))));
        assertThat(put(owner, provider.settings(Map.of("requiredMethods", List.of("a b"))))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void refusesATokenThatIs(Attack attack) throws Exception {
        var underway = begin(owner);
        var claims = new HashMap<>(provider.claims(underway.nonce(), Map.of("email", email("mallory"))));
        provider.gives(attack.forgery().make(provider, claims));

        var answer = comeBack(underway);

        assertThat(answer.header("Location")).matches("/sign-in\\?sso=sso-(token-invalid|provider-failed)");
        assertThat(answer.response().headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void acceptsWhatIsRightAndSendsWhatProtectsIt() {
        var underway = begin(owner);
        assertThat(underway.query())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", TestProvider.CLIENT)
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid profile email")
                .containsKeys("code_challenge", "state", "nonce");
        assertThat(underway.query().get("redirect_uri")).endsWith("/auth/sso/callback/" + owner.organization());
        provider.gives(provider.sign(provider.claims(underway.nonce(), Map.of("email", email("grace")))));

        arrive(comeBack(underway));

        var request = provider.tokenRequests.getLast();
        assertThat(request)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "a-code")
                .containsEntry("redirect_uri", underway.query().get("redirect_uri"))
                .doesNotContainKey("client_secret");
        assertThat(request.get("code_verifier")).matches("[A-Za-z0-9_-]{43,128}");
        assertThat(provider.authorizations.getLast()).startsWith("Basic ");
    }

    @Test
    void followsAKeyThatIsChanged() {
        arrive(signIn(owner, Map.of("email", email("grace"))));
        provider.rotate();
        arrive(signIn(owner, Map.of("email", email("ada"))));
    }

    @Test
    void comesBackOnce() {
        var underway = begin(owner);
        provider.gives(provider.sign(provider.claims(underway.nonce(), Map.of("email", email("grace")))));
        arrive(comeBack(underway));

        assertRefused(comeBack(underway), "sso-state-invalid");
    }

    @Test
    void comesBackInTheBrowserThatBegan() {
        var mallorys = begin(owner);
        var victims = begin(owner);
        provider.gives(provider.sign(provider.claims(mallorys.nonce(), Map.of("email", email("mallory")))));

        var without = TestUser.nobody(port)
                .get("/auth/sso/callback/" + owner.organization() + "?code=c&state=" + mallorys.state());
        assertRefused(without, "sso-state-invalid");
        assertRefused(
                comeBack(new Underway(owner.organization(), mallorys.address(), victims.cookie())),
                "sso-state-invalid");
        assertThat(provider.tokenRequests).isEmpty();
    }

    @Test
    void comesBackToTheOrganizationThatBegan() {
        var other = TestUser.register(port);
        var underway = begin(owner);
        assertRefused(
                comeBack(new Underway(other.organization(), underway.address(), underway.cookie())),
                "sso-state-invalid");
        assertThat(provider.tokenRequests).isEmpty();
    }

    @Test
    void listensToTheProviderThatWasAsked() {
        var underway = begin(owner);
        assertRefused(comeBack(underway, "&iss=https://login.example.com"), "sso-token-invalid");
        assertThat(provider.tokenRequests).isEmpty();
    }

    @Test
    void wantsTheProvidersNameWhereItPromisesIt() {
        try (var naming = TestProvider.start()) {
            naming.metadata.put("authorization_response_iss_parameter_supported", true);
            provider.close();
            provider = naming;
            setUp(Map.of());
            assertRefused(comeBack(begin(owner)), "sso-token-invalid");
            var named = begin(owner);
            naming.gives(naming.sign(naming.claims(named.nonce(), Map.of("email", email("grace")))));
            arrive(comeBack(named, "&iss=" + naming.issuer()));
        }
    }

    @Test
    void saysWhenTheProviderRefuses() {
        var denied = begin(owner);
        assertRefused(comeBack(denied, "&error=access_denied"), "sso-refused");
        provider.refuses("invalid_grant");
        assertRefused(comeBack(begin(owner)), "sso-refused");
        provider.refuses("invalid_client");
        assertRefused(comeBack(begin(owner)), "sso-provider-failed");
    }

    @Test
    void saysWhenTheProviderIsAway() {
        var underway = begin(owner);
        provider.close();
        assertRefused(comeBack(underway), "sso-provider-failed");
    }

    @Test
    void sendsTheBrowserOnlyToPagesOfItsOwn() {
        for (var evil : List.of(
                "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a%0d%0ab")) {
            var underway = begin(
                    owner.organization(),
                    "organization=" + owner.organization() + "&to="
                            + java.net.URLEncoder.encode(evil, java.nio.charset.StandardCharsets.UTF_8));
            provider.gives(provider.sign(provider.claims(underway.nonce(), Map.of("email", email("grace")))));
            assertThat(comeBack(underway).header("Location")).as(evil).matches("/|/a%0d%0ab");
        }
        var own = begin(owner.organization(), "organization=" + owner.organization() + "&to=/runs?status=failed");
        provider.gives(provider.sign(provider.claims(own.nonce(), Map.of("email", email("grace")))));
        assertThat(comeBack(own).header("Location")).isEqualTo("/runs?status=failed");
    }
}
