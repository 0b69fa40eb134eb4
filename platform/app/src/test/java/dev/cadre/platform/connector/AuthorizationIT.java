package dev.cadre.platform.connector;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.platform.FailingLog;
import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.test.context.TestConstructor;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AuthorizationIT {

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final StepTypeSource source;
    private final ApplicationEventMulticaster multicaster;
    private final TestUser ada;
    private final TestUser browser;
    private Installed echo;
    private String id;
    private String cookie = "";

    @Autowired
    AuthorizationIT(List<StepTypeSource> sources, ApplicationEventMulticaster multicaster, @LocalServerPort int port) {
        this.multicaster = multicaster;
        this.source = sources.stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        this.ada = TestUser.register(port);
        this.browser = TestUser.nobody(port);
    }

    @BeforeEach
    void install() throws Exception {
        echo = new Installed(source, new EchoConnector("echo-oauth", true));
        SERVER.stubFor(get("/echo").willReturn(ok("hello")));
        grant("access-1", "refresh-1", 3600);
        id = ada.post("/api/v1/connections", values()).json().path("id").asString();
    }

    @AfterEach
    void uninstall() throws Exception {
        echo.close();
    }

    @Test
    void aConsentBecomesAnAuthorizedConnection() throws Exception {
        assertThat(status()).isEqualTo("needs-authorization");
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), id))
                .asInstanceOf(type(Rejected.class))
                .returns("CONNECTION_NOT_AUTHORIZED", StepException::code);

        var asked = authorize();
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "client-1")
                .containsEntry("scope", "read write")
                .containsEntry("access_type", "offline")
                .containsEntry("code_challenge_method", "S256");
        assertThat(asked.get("redirect_uri")).endsWith("/oauth/callback");
        var back = callback("state=" + asked.get("state") + "&code=code-1");

        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/connections?authorized=" + id);
        var form = form(SERVER.findAll(postRequestedFor(urlEqualTo("/token")))
                .getFirst()
                .getBodyAsString());
        assertThat(form)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "code-1")
                .containsEntry("client_secret", "client-s3cret")
                .containsEntry("redirect_uri", asked.get("redirect_uri"));
        assertThat(challenge(form.get("code_verifier"))).isEqualTo(asked.get("code_challenge"));
        assertThat(status()).isEqualTo("ready");
        assertThat(TestAudit.actions(ada, "connection"))
                .containsExactly("connection.authorized", "connection.authorization-begun", "connection.created");
        assertThat(ada.get("/api/v1/connections/" + id).body())
                .doesNotContain("access-1", "refresh-1", "client-s3cret");
        assertThat(echo.perform(ada.organization(), Map.of(), id)).containsEntry("body", "hello");
        SERVER.verify(getRequestedFor(urlEqualTo("/echo")).withHeader("Authorization", equalTo("Bearer access-1")));
    }

    @Test
    void aConsentThatTheLogCantTellOfIsNone() {
        var state = authorize().get("state");
        try (var _ = FailingLog.of(multicaster, ada, "connection.authorized")) {
            assertThat(callback("state=" + state + "&code=c").status()).isEqualTo(500);
        }
        assertThat(status()).isEqualTo("needs-authorization");
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), id))
                .asInstanceOf(type(Rejected.class))
                .returns("CONNECTION_NOT_AUTHORIZED", StepException::code);

        try (var _ = FailingLog.of(multicaster, ada, "connection.authorization-begun")) {
            assertThat(ada.post("/api/v1/connections/" + id + "/authorize", Map.of())
                            .status())
                    .isEqualTo(500);
        }
        assertThat(TestAudit.actions(ada, "connection"))
                .containsExactly("connection.authorization-begun", "connection.created");
        assertThat(callback("state=" + authorize().get("state") + "&code=c").status())
                .isEqualTo(303);
        assertThat(status()).isEqualTo("ready");
    }

    @Test
    void aStateCountsOnce() {
        var state = authorize().get("state");

        assertThat(callback("state=" + state + "x&code=c").status()).isEqualTo(400);
        assertThat(callback("code=c").status()).isEqualTo(400);
        assertThat(callback("state=" + state + "&code=c").status()).isEqualTo(303);
        assertThat(callback("state=" + state + "&code=c").json().path("code").asString())
                .isEqualTo("authorization-failed");
    }

    @Test
    void aDeniedConsentChangesNothing() {
        var denied = callback("state=" + authorize().get("state") + "&error=access_denied");

        assertThat(denied.status()).isEqualTo(400);
        assertThat(denied.json().path("detail").asString()).contains("access_denied");
        assertThat(status()).isEqualTo("needs-authorization");
        SERVER.verify(0, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void anotherBrowserCantFinishIt() {
        for (var other : List.of("other", "")) {
            var state = authorize().get("state");
            var query = "/oauth/callback?state=" + state + "&code=c";
            assertThat(browser.get(query, "Cookie", "cadre_authorization=" + other)
                            .json()
                            .path("detail")
                            .asString())
                    .contains("in another browser");
            assertThat(callback("state=" + state + "&code=c").status())
                    .as("and the state is used up")
                    .isEqualTo(400);
        }
        // neither an old browser that says nothing of itself, nor one over plain HTTP
        assertThat(browser.get("/oauth/callback?state=" + authorize().get("state") + "&code=c")
                        .status())
                .isEqualTo(400);
        assertThat(status()).isEqualTo("needs-authorization");
        SERVER.verify(0, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void theCookieIsForThisWayOnlyAndForTlsWhereThereIsSome() {
        var path = "/api/v1/connections/" + id + "/authorize";
        assertThat(ada.post(path, Map.of()).header("Set-Cookie"))
                .startsWith("cadre_authorization=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/oauth/callback")
                .doesNotContain("Secure");
    }

    @Test
    void aChangedConnectionDropsWhatWasGrantedBefore() {
        var state = authorize().get("state");
        ada.put("/api/v1/connections/" + id, values());
        assertThat(callback("state=" + state + "&code=c").status()).isEqualTo(400);

        callback("state=" + authorize().get("state") + "&code=c");
        assertThat(status()).isEqualTo("ready");
        ada.put("/api/v1/connections/" + id, values());
        assertThat(status()).isEqualTo("ready");
        ada.put(
                "/api/v1/connections/" + id,
                Map.of("name", "Mailbox", "values", Map.of("clientId", "client-2", "address", SERVER.baseUrl())));
        assertThat(status()).isEqualTo("needs-authorization");
    }

    @Test
    void manyStepsRenewTheAccessOnce() throws Exception {
        grant("access-1", "refresh-1", 1);
        callback("state=" + authorize().get("state") + "&code=c");
        SERVER.stubFor(post("/token")
                .withRequestBody(containing("refresh_token=refresh-1"))
                .willReturn(okJson(token("access-2", "refresh-2", 3600)).withFixedDelay(300)));

        try (var steps = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 20)
                    .mapToObj(number -> steps.submit(() -> echo.perform(ada.organization(), Map.of(), id)))
                    .toList();
            for (var one : all) {
                assertThat(one.get()).containsEntry("body", "hello");
            }
        }

        SERVER.verify(1, postRequestedFor(urlEqualTo("/token")).withRequestBody(containing("refresh_token=refresh-1")));
        SERVER.verify(20, getRequestedFor(urlEqualTo("/echo")).withHeader("Authorization", equalTo("Bearer access-2")));
    }

    @Test
    void aRevokedGrantAsksForANewOne() throws Exception {
        grant("access-1", "refresh-1", 1);
        callback("state=" + authorize().get("state") + "&code=c");
        SERVER.stubFor(post("/token")
                .willReturn(okJson("{\"error\":\"invalid_grant\"}").withStatus(400)));

        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), id))
                .asInstanceOf(type(Rejected.class))
                .returns("CONNECTION_NOT_AUTHORIZED", StepException::code);
        assertThat(status()).isEqualTo("needs-authorization");
    }

    private Map<String, Object> values() {
        return Map.of(
                "name",
                "Mailbox",
                "type",
                "echo-oauth",
                "values",
                Map.of("clientId", "client-1", "clientSecret", "client-s3cret", "address", SERVER.baseUrl()));
    }

    private String status() {
        return ada.get("/api/v1/connections/" + id).json().path("status").asString();
    }

    private Map<String, String> authorize() {
        var answer = ada.post("/api/v1/connections/" + id + "/authorize", Map.of());
        assertThat(answer.status()).isEqualTo(200);
        cookie = answer.header("Set-Cookie").split(";", 2)[0];
        return form(
                URI.create(answer.json().path("authorizationUrl").asString()).getRawQuery());
    }

    /** The browser that was sent to the consent page comes back. */
    private Answer callback(String query) {
        return browser.get("/oauth/callback?" + query, "Cookie", cookie);
    }

    private static void grant(String access, String refresh, int seconds) {
        SERVER.stubFor(post("/token").willReturn(okJson(token(access, refresh, seconds))));
    }

    private static String token(String access, String refresh, int seconds) {
        return "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
                .formatted(access, refresh, seconds);
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String challenge(String verifier) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
