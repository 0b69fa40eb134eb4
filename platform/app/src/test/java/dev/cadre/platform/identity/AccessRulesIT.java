package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.identity.internal.Totps;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an organization asks of those who work in it, on two nodes behind a proxy that says where callers are. */
class AccessRulesIT {

    private static final String RULES = "/api/v1/organizations/security";
    private static final String OFFICE = "198.51.100.7";
    private static final String CAFE = "203.0.113.99";

    private static TestHub hub;
    private static TestHub other;

    private TestUser owner;

    @BeforeAll
    static void start() {
        var database = TestDatabase.emptyDatabase();
        hub = TestHub.start(database, "cadre.trusted-proxies=127.0.0.1,::1");
        other = TestHub.start(database, "cadre.trusted-proxies=127.0.0.1,::1", "cadre.ip-lists=true");
    }

    @AfterAll
    static void stop() {
        other.close();
        hub.close();
    }

    @BeforeEach
    void signUp() {
        owner = TestUser.register(hub.port());
    }

    @Test
    void whoCallsFromElsewhereIsRefusedWithAClearAnswer() {
        assertThat(allow("198.51.100.0/24", "2001:db8::/32").status()).isEqualTo(200);

        assertThat(from(owner, OFFICE, "/api/v1/workflows").status()).isEqualTo(200);
        assertThat(from(owner, "2001:db8::17", "/api/v1/workflows").status()).isEqualTo(200);
        assertThat(from(owner, "::ffff:198.51.100.9", "/api/v1/workflows").status())
                .isEqualTo(200);
        for (var path : List.of("/api/v1/workflows", "/api/v1/runs", RULES, "/api/v1/organizations/members")) {
            var refused = from(owner, CAFE, path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.json().path("code").asString()).isEqualTo("address-not-allowed");
            assertThat(refused.json().path("detail").asString()).contains(CAFE);
        }
        assertThat(owner.get("/api/v1/workflows", "X-Forwarded-For", "garbage").status())
                .as("nobody knows where that is")
                .isEqualTo(403);
        assertThat(owner.get("/api/v1/workflows", "X-Forwarded-For", OFFICE + ", " + CAFE)
                        .status())
                .as("what the caller itself has written there does not count")
                .isEqualTo(403);
    }

    @Test
    void thePersonStillSeesWhereTheyAreAndGoesElsewhere() {
        allow("198.51.100.0/24");
        var second = owner.post("/api/v1/organizations", Map.of("name", "Second"), "X-Forwarded-For", OFFICE)
                .json()
                .path("id")
                .asString();

        assertThat(from(owner, CAFE, "/api/v1/me").status()).isEqualTo(200);
        var access = from(owner, CAFE, "/api/v1/me/access").json();
        assertThat(access.path("address").asString()).isEqualTo(CAFE);
        assertThat(access.path("addressAllowed").asBoolean()).isFalse();
        var switched = owner.post("/api/v1/organizations/" + second + "/switch", Map.of(), "X-Forwarded-For", CAFE);
        assertThat(switched.status()).isEqualTo(200);
        var there = owner.withToken(switched.json().path("accessToken").asString());
        assertThat(from(there, CAFE, "/api/v1/workflows").status()).isEqualTo(200);

        // and from there no way leads back around the list
        var first = "/api/v1/organizations/" + owner.organization();
        assertThat(from(there, CAFE, first).status()).isEqualTo(403);
        assertThat(there.patch(first, Map.of("name", "Mine"), "X-Forwarded-For", CAFE)
                        .status())
                .isEqualTo(403);
        assertThat(there.post(first + "/switch", Map.of(), "X-Forwarded-For", CAFE)
                        .status())
                .isEqualTo(403);
        assertThat(from(there, OFFICE, first).status()).isEqualTo(200);
    }

    @Test
    void liveEventsAreForAllowedAddressesToo() {
        allow("198.51.100.0/24");

        assertThatThrownBy(() -> connect(CAFE))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        connect(OFFICE).abort();
    }

    @Test
    void theOtherNodeKnowsAtOnce() {
        var there = owner.at(other.port());
        assertThat(from(there, CAFE, "/api/v1/workflows").status()).isEqualTo(200);

        allow("198.51.100.0/24");

        assertThat(from(owner, CAFE, "/api/v1/workflows").status()).isEqualTo(403);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(from(there, CAFE, "/api/v1/workflows").status())
                                .isEqualTo(403));
    }

    @Test
    void nobodyLocksThemselvesOutByMistake() {
        var refused = put(Map.of("allowedAddresses", List.of("203.0.113.0/24"), "secondFactorRequired", false));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("would-lock-you-out");
        assertThat(refused.json().path("detail").asString()).contains(OFFICE);
        for (var wrong : List.of("true", "yes", CAFE, "")) {
            assertThat(put(Map.of(
                                    "allowedAddresses",
                                    List.of("203.0.113.0/24"),
                                    "secondFactorRequired",
                                    false,
                                    "excludeOwnAddress",
                                    wrong))
                            .status())
                    .isEqualTo(409);
        }
        assertThat(from(owner, OFFICE, "/api/v1/workflows").status()).isEqualTo(200);

        assertThat(put(Map.of(
                                "allowedAddresses",
                                List.of("203.0.113.0/24"),
                                "secondFactorRequired",
                                false,
                                "excludeOwnAddress",
                                OFFICE))
                        .status())
                .as("said in so many words")
                .isEqualTo(200);
        assertThat(from(owner, OFFICE, "/api/v1/workflows").status()).isEqualTo(403);
    }

    @Test
    void anOperatorLetsThemBackIn() {
        put(Map.of(
                "allowedAddresses", List.of("192.0.2.1"), "secondFactorRequired", false, "excludeOwnAddress", OFFICE));
        assertThat(from(owner, OFFICE, RULES).status()).isEqualTo(403);

        var rules = new AccessRules(
                hub.bean(dev.cadre.platform.organization.SecurityRulebook.class),
                hub.bean(JdbcClient.class),
                hub.bean(dev.cadre.platform.cluster.Messages.class),
                new AccessSettings(false, false, null));

        assertThat(rules.admits(organization(), CAFE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "300.1.1.1", "office", "10.0.0.0/-1", "", "::1/129", "1.2.3.4;drop", "0177.0.0.1"
            })
    void refusesWhatIsNoAddress(String entry) {
        var refused = put(Map.of("allowedAddresses", List.of("198.51.100.0/24", entry), "secondFactorRequired", false));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("violations").path(0).path("pointer").asString())
                .isEqualTo("/allowedAddresses/1");
    }

    @Test
    void rulesAreForAdministratorsAndChangeByRevision() {
        var member = owner.colleague("member");
        assertThat(member.get(RULES).status()).isEqualTo(403);
        assertThat(member.put(RULES, rules("198.51.100.0/24"), "If-Match", "*").status())
                .isEqualTo(403);
        assertThat(owner.put(RULES, rules("198.51.100.0/24"), "X-Forwarded-For", OFFICE)
                        .status())
                .isEqualTo(428);
        assertThat(allow("198.51.100.0/24").header("ETag")).isEqualTo("\"1\"");
        assertThat(owner.put(RULES, rules("198.51.100.0/25"), "X-Forwarded-For", OFFICE, "If-Match", "\"0\"")
                        .status())
                .isEqualTo(412);
        assertThat(TestUser.register(hub.port()).get(RULES).json().path("allowedAddresses"))
                .isEmpty();
    }

    @Test
    void whoNeedsASecondFactorSetsItUpAndGoesOn() {
        var colleague = owner.colleague("member");
        assertThat(put(Map.of("allowedAddresses", List.of(), "secondFactorRequired", true))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("second-factor-of-your-own");
        Totps.setUp(owner);
        assertThat(put(Map.of("allowedAddresses", List.of(), "secondFactorRequired", true))
                        .status())
                .isEqualTo(200);

        var refused = colleague.get("/api/v1/workflows");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asString()).isEqualTo("second-factor-required");
        assertThat(colleague
                        .get("/api/v1/me/access")
                        .json()
                        .path("secondFactorMissing")
                        .asBoolean())
                .isTrue();

        Totps.setUp(colleague);

        assertThat(colleague.get("/api/v1/workflows").status()).isEqualTo(200);
        assertThat(colleague
                        .get("/api/v1/me/access")
                        .json()
                        .path("secondFactorMissing")
                        .asBoolean())
                .isFalse();
        assertThat(owner.get("/api/v1/workflows").status()).isEqualTo(200);
    }

    /** The line from the browser to the proxy has TLS, that from the proxy to the hub has none. */
    @Test
    void cookiesAreForTlsOnlyWhereTheProxySaysSo() {
        var connection = Map.of(
                "name", "Mailbox", "type", "gmail", "values", Map.of("clientId", "client", "clientSecret", "secret"));
        var id = owner.post("/api/v1/connections", connection).json().path("id").asString();

        var begun = owner.post("/api/v1/connections/" + id + "/authorize", Map.of(), "X-Forwarded-Proto", "https");

        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        assertThat(begun.header("Set-Cookie"))
                .startsWith("__Secure-cadre_authorization=")
                .contains("; Secure", "HttpOnly");
    }

    private dev.cadre.platform.shared.OrganizationId organization() {
        return new dev.cadre.platform.shared.OrganizationId(java.util.UUID.fromString(owner.organization()));
    }

    private WebSocket connect(String address) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("X-Forwarded-For", address)
                .subprotocols("cadre.v1", "bearer." + owner.token())
                .buildAsync(URI.create("ws://localhost:" + hub.port() + "/api/v1/events"), new WebSocket.Listener() {})
                .join();
    }

    private static Answer from(TestUser user, String address, String path) {
        return user.get(path, "X-Forwarded-For", address);
    }

    private Answer allow(String... ranges) {
        return put(rules(ranges));
    }

    private static Map<String, Object> rules(String... ranges) {
        return Map.of("allowedAddresses", List.of(ranges), "secondFactorRequired", false);
    }

    private Answer put(Map<String, ?> body) {
        return owner.put(RULES, body, "X-Forwarded-For", OFFICE, "If-Match", "*");
    }
}
