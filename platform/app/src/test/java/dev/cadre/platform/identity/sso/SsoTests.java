package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An organization with an identity provider of its own and a proven domain, and people who come through it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class SsoTests {

    static final String SETTINGS = "/api/v1/organizations/sso";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestProvider provider;
    TestUser owner;
    String domain;

    @BeforeEach
    void setUp() {
        provider = TestProvider.start();
        owner = TestUser.register(port);
        domain = UUID.randomUUID() + ".example";
        prove(owner, domain);
        setUp(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    void setUp(Map<String, ?> more) {
        var answer = put(owner, provider.settings(more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    static Answer put(TestUser user, Map<String, ?> settings) {
        return user.put(SETTINGS, settings, "If-Match", user.get(SETTINGS).header("ETag"));
    }

    /** As if its TXT record had been found: {@link SsoDomainsIT} looks for real ones. */
    void prove(TestUser user, String domain) {
        assertThat(user.post(SETTINGS + "/domains", Map.of("domain", domain)).status())
                .isEqualTo(201);
        jdbc.sql("update sso_domain set proven_at = now() where domain = ? and organization_id = cast(? as uuid)")
                .param(domain)
                .param(user.organization())
                .update();
    }

    String email(String name) {
        return name + "@" + domain;
    }

    /** A browser that was sent to the provider. */
    record Underway(String organization, URI address, String cookie) {

        Map<String, String> query() {
            return Arrays.stream(address.getRawQuery().split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(
                            pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        }

        String state() {
            return query().get("state");
        }

        String nonce() {
            return query().get("nonce");
        }
    }

    Underway begin(TestUser whose) {
        return begin(whose.organization(), "organization=" + whose.organization());
    }

    /** On the hub's sign-in page. */
    Underway begin(String organization, String query) {
        return begin(organization, query, "Sec-Fetch-Site", "same-origin");
    }

    Underway begin(String organization, String query, String... headers) {
        var answer = TestUser.nobody(port).get("/auth/sso/start?" + query, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        assertThat(answer.header("Location")).startsWith(provider.issuer());
        return new Underway(
                organization,
                URI.create(answer.header("Location")),
                answer.header("Set-Cookie").split(";", 2)[0]);
    }

    /** The browser comes back with a code. */
    Answer comeBack(Underway underway) {
        return comeBack(underway, "");
    }

    Answer comeBack(Underway underway, String more) {
        return TestUser.nobody(port)
                .get(
                        "/auth/sso/callback/" + underway.organization() + "?code=a-code&state=" + underway.state()
                                + more,
                        "Cookie",
                        underway.cookie());
    }

    /** Somebody of whom the provider says this signs in. */
    Answer signIn(TestUser whose, Map<String, ?> claims) {
        var underway = begin(whose);
        provider.gives(provider.sign(provider.claims(underway.nonce(), claims)));
        return comeBack(underway);
    }

    static void assertRefused(Answer answer, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/sign-in?sso=" + code);
        assertThat(answer.response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("cadre_refresh="));
    }

    /** The refresh cookie that the browser got. */
    static String refreshCookie(Answer answer) {
        assertThat(answer.header("Location")).as(answer.body()).isEqualTo("/");
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("cadre_refresh="))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElseThrow();
    }

    Answer refresh(String cookie) {
        return TestUser.nobody(port).post("/auth/refresh", Map.of(), "Cookie", cookie);
    }

    /** What the web application has after the sign-in. */
    Answer arrive(Answer signedIn) {
        var tokens = refresh(refreshCookie(signedIn));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens;
    }

    TestUser user(Answer tokens) {
        return TestUser.nobody(port).withToken(tokens.json().path("accessToken").asString());
    }
}
