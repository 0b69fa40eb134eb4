package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApiKeysIT {

    private static final String KEYS = "/api/v1/api-keys";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void isShownOnceAndKeptAsAHash() {
        var ada = TestUser.register(port);
        var made = ada.post(
                KEYS,
                Map.of("name", "Nightly report", "scopes", List.of("workflow:read")),
                "Idempotency-Key",
                UUID.randomUUID().toString());

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        var key = made.json().path("key").asString();
        assertThat(key).matches("cdr_[0-9A-Za-z]{71}");
        var view = ada.get(KEYS + "/" + id(made));
        assertThat(view.json().path("hint").asString()).isEqualTo(key.substring(71));
        assertThat(view.body() + ada.get(KEYS).body()).doesNotContain(key);
        assertThat(Duration.between(
                        Instant.now(),
                        Instant.parse(view.json().path("expiresAt").asString())))
                .isBetween(Duration.ofDays(89), Duration.ofDays(90));
        assertThat(jdbc.sql("select count(*) from api_key k where k::text like ?")
                        .param("%" + key.substring(30) + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from idempotency_key where convert_from(body, 'UTF8') like ?")
                        .param("%" + key.substring(30) + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void doesWhatItsScopesSayAndNoMore() {
        var ada = TestUser.register(port);
        var key = key(ada, "workflow:read", "connection:read");

        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(200);
        assertThat(key.get("/api/v1/connections").status()).isEqualTo(200);
        assertCode(key.get("/api/v1/runs"), 403, "scope-missing");
        var refused = key.post("/api/v1/workflows", Map.of());
        assertCode(refused, 403, "scope-missing");
        assertThat(refused.json().path("detail").asString()).contains("workflow:edit");
    }

    @Test
    void saysWhatItIs() {
        var ada = TestUser.register(port);
        var me = key(ada, "organization:read").get("/api/v1/me").json();

        assertThat(me.path("user").path("id").asString()).isEqualTo(ada.id());
        assertThat(me.path("apiKey").path("name").asString()).isEqualTo("Test");
        assertThat(me.path("permissions").valueStream().map(one -> one.asString()))
                .containsExactly("organization:read");
        assertThat(ada.get("/api/v1/me").json().path("apiKey").isNull()).isTrue();
    }

    @Test
    void losesAtOnceWhatItsOwnerLoses() {
        var owner = TestUser.register(port);
        var colleague = owner.colleague("member");
        var key = key(colleague, "workflow:read", "workflow:edit");
        assertThat(key.post("/api/v1/workflows", Map.of()).status()).isEqualTo(422);

        var member = "/api/v1/organizations/members/" + colleague.id();
        owner.patch(member, Map.of("role", "viewer"));
        assertCode(key.post("/api/v1/workflows", Map.of()), 403, "scope-missing");
        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(200);

        owner.delete(member);
        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(401);
        owner.post("/api/v1/organizations/members", Map.of("email", colleague.email(), "role", "member"));
        assertThat(key.get("/api/v1/workflows").status())
                .as("who comes back finds no keys of before")
                .isEqualTo(401);
    }

    @Test
    void stopsWhenItIsRevoked() {
        var ada = TestUser.register(port);
        var made = make(ada, Map.of("scopes", List.of("workflow:read")));
        var key = ada.withToken(made.json().path("key").asString());
        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(200);

        assertThat(ada.delete(KEYS + "/" + id(made)).status()).isEqualTo(204);

        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(401);
        assertCode(ada.delete(KEYS + "/" + id(made)), 404, "api-key-not-found");
    }

    @Test
    void stopsWhenItsTimeIsOver() {
        var ada = TestUser.register(port);
        var end = Instant.now().plusSeconds(2);
        var made = make(ada, Map.of("scopes", List.of("workflow:read"), "expiresAt", end.toString()));
        var key = ada.withToken(made.json().path("key").asString());
        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(key.get("/api/v1/workflows").status()).isEqualTo(401));

        assertThat(Instant.now()).isAfterOrEqualTo(end);
    }

    @Test
    void worksFromItsAddressesOnly() {
        var ada = TestUser.register(port);
        var here = make(
                ada, Map.of("scopes", List.of("workflow:read"), "allowedAddresses", List.of("127.0.0.0/8", "::1")));
        var key = ada.withToken(here.json().path("key").asString());
        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(200);

        var changed = ada.patch(KEYS + "/" + id(here), Map.of("allowedAddresses", List.of("203.0.113.0/24")));

        assertThat(changed.status()).isEqualTo(200);
        assertCode(key.get("/api/v1/workflows"), 403, "address-not-allowed");
        assertCode(
                ada.patch(KEYS + "/" + id(here), Map.of("name", "Other"), "If-Match", here.header("ETag")),
                412,
                "stale");
    }

    @Test
    void tellsWhenItWasUsedLast() {
        var ada = TestUser.register(port);
        var made = make(ada, Map.of("scopes", List.of("workflow:read")));
        assertThat(made.json().path("apiKey").path("lastUsedAt").isNull()).isTrue();

        ada.withToken(made.json().path("key").asString()).get("/api/v1/workflows");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var view = ada.get(KEYS + "/" + id(made)).json();
            assertThat(view.path("lastUsedAt").isNull()).isFalse();
            assertThat(view.path("lastUsedFrom").asString()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        });
    }

    @Test
    void isNoPerson() {
        var ada = TestUser.register(port);
        var key = ada.withToken(
                make(ada, Map.of("scopes", everything(ada))).json().path("key").asString());
        var id = UUID.randomUUID();

        assertCode(key.patch("/api/v1/me", Map.of("name", "Eve")), 403, "person-only");
        assertCode(key.get("/api/v1/me/sessions"), 403, "person-only");
        assertCode(key.delete("/api/v1/me/sessions/" + id), 403, "person-only");
        assertCode(
                key.post("/api/v1/me/password", Map.of("currentPassword", TestUser.PASSWORD, "password", "x")),
                403,
                "person-only");
        assertCode(key.post("/api/v1/me/totp", Map.of("password", TestUser.PASSWORD)), 403, "person-only");
        assertCode(key.post("/api/v1/organizations", Map.of("name", "Mine")), 403, "person-only");
        assertCode(key.post("/api/v1/organizations/" + ada.organization() + "/switch", Map.of()), 403, "person-only");
        assertCode(key.patch(KEYS + "/" + id, Map.of("name", "Other")), 403, "person-only");
    }

    @Test
    void neverLeavesItsOrganization() {
        var ada = TestUser.register(port);
        var other = ada.post("/api/v1/organizations", Map.of("name", "Second")).json();
        var key = key(ada, "organization:read", "organization:manage");

        assertThat(ada.get("/api/v1/organizations").json().path("items")).hasSize(2);
        assertThat(key.get("/api/v1/organizations").json().path("items")).hasSize(1);
        assertThat(key.get("/api/v1/me").json().path("organizations")).hasSize(1);
        var elsewhere = "/api/v1/organizations/" + other.path("id").asString();
        assertCode(key.get(elsewhere), 404, "organization-not-found");
        assertCode(key.patch(elsewhere, Map.of("name", "Taken")), 404, "organization-not-found");
    }

    @Test
    void makesNoKeyThatIsMoreThanItself() {
        var ada = TestUser.register(port);
        var end = Instant.now().plus(Duration.ofDays(3));
        var made = make(
                ada,
                Map.of(
                        "scopes",
                        List.of("key:create", "workflow:read"),
                        "expiresAt",
                        end.toString(),
                        "allowedAddresses",
                        List.of("127.0.0.0/8", "::1")));
        var key = ada.withToken(made.json().path("key").asString());
        var addresses = List.of("127.0.0.0/8");

        assertViolation(
                make(key, Map.of("scopes", List.of("workflow:edit"), "allowedAddresses", addresses)), "/scopes/0");
        assertViolation(
                make(
                        key,
                        Map.of(
                                "scopes",
                                List.of("workflow:read"),
                                "allowedAddresses",
                                addresses,
                                "expiresAt",
                                end.plusSeconds(1).toString())),
                "/expiresAt");
        assertViolation(make(key, Map.of("scopes", List.of("workflow:read"))), "/allowedAddresses");
        var child = make(key, Map.of("scopes", List.of("workflow:read"), "allowedAddresses", addresses));
        assertThat(child.status()).isEqualTo(201);
        assertThat(Instant.parse(child.json().path("apiKey").path("expiresAt").asString()))
                .isBeforeOrEqualTo(end);
    }

    @Test
    void refusesWhatIsNoKey() {
        var viewer = TestUser.register(port).colleague("viewer");

        assertViolation(make(viewer, Map.of("scopes", List.of())), "/scopes");
        assertViolation(make(viewer, Map.of("scopes", List.of("everything"))), "/scopes/0");
        assertViolation(make(viewer, Map.of("scopes", List.of("run:read", "workflow:edit"))), "/scopes/1");
        var scopes = List.of("run:read");
        assertViolation(make(viewer, Map.of("scopes", scopes, "name", " \t")), "/name");
        assertViolation(make(viewer, Map.of("scopes", scopes, "expiresAt", "2020-01-01T00:00:00Z")), "/expiresAt");
        assertViolation(make(viewer, Map.of("scopes", scopes, "expiresAt", "9999-01-01T00:00:00Z")), "/expiresAt");
        assertViolation(
                make(viewer, Map.of("scopes", scopes, "allowedAddresses", List.of("10.0.0.1", "example.com"))),
                "/allowedAddresses/1");
        for (var body : List.of(
                "{\"name\":\"a\",\"scopes\":[null]}",
                "{\"name\":\"a\",\"scopes\":[\"run:read\"],\"allowedAddresses\":[null]}",
                "{\"name\":null,\"scopes\":[\"run:read\"]}",
                "{\"name\":\"a\"}")) {
            assertCode(viewer.send("POST", KEYS, body), 422, "invalid-input");
        }
    }

    @Test
    void refusesKeysThatNobodyHas() {
        var ada = TestUser.register(port);
        var key = make(ada, Map.of("scopes", List.of("workflow:read")))
                .json()
                .path("key")
                .asString();
        var other = make(ada, Map.of("scopes", List.of("workflow:read")))
                .json()
                .path("key")
                .asString();

        for (var wrong : List.of(
                "cdr_",
                key.substring(0, 74),
                key.substring(0, 74) + (key.endsWith("a") ? "b" : "a"),
                key.substring(0, 26) + other.substring(26),
                key.toUpperCase(),
                "x".repeat(5_000))) {
            assertCode(ada.withToken(wrong).get("/api/v1/workflows"), 401, "unauthenticated");
        }
    }

    @Test
    void everybodyLooksAfterTheirOwnAndAdminsAfterAll() {
        var owner = TestUser.register(port);
        var member = owner.colleague("member");
        var made = make(member, Map.of("scopes", List.of("workflow:read")));
        var path = KEYS + "/" + id(made);

        assertThat(owner.get(KEYS).json().path("items")).isEmpty();
        assertThat(owner.get(KEYS + "?all=true").json().path("items")).hasSize(1);
        assertThat(owner.get(path).status()).isEqualTo(200);
        assertThat(member.get(KEYS + "?all=true").status()).isEqualTo(403);
        var other = owner.colleague("member");
        assertCode(other.get(path), 404, "api-key-not-found");
        assertCode(other.delete(path), 404, "api-key-not-found");
        assertThat(owner.delete(path).status()).isEqualTo(204);
    }

    @Test
    void neverReturnsAnotherOrganizationsRows() {
        var ada = TestUser.register(port);
        var path = KEYS + "/" + id(make(ada, Map.of("scopes", List.of("workflow:read"))));
        var stranger = TestUser.register(port);

        assertThat(stranger.get(KEYS + "?all=true").json().path("items")).isEmpty();
        assertCode(stranger.get(path), 404, "api-key-not-found");
        assertCode(stranger.delete(path), 404, "api-key-not-found");
        assertCode(stranger.patch(path, Map.of("name", "Mine")), 404, "api-key-not-found");
        assertThat(ada.get(path).status()).isEqualTo(200);
    }

    @Test
    void hearsEventsWithTheScopeForRuns() throws Exception {
        var ada = TestUser.register(port);
        try (var client = WebClient.connect(port, key(ada, "run:read").token())) {
            assertThat(client.protocol()).isEqualTo("cadre.v1");
        }
        var deaf = key(ada, "workflow:read").token();
        assertThatThrownBy(() -> WebClient.connect(port, deaf)).hasStackTraceContaining("WebSocketHandshakeException");
        assertCode(ada.withToken(deaf).get("/api/v1/events"), 403, "scope-missing");
    }

    private TestUser key(TestUser user, String... scopes) {
        var made = make(user, Map.of("scopes", List.of(scopes)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return user.withToken(made.json().path("key").asString());
    }

    private static List<String> everything(TestUser user) {
        return user.get("/api/v1/me")
                .json()
                .path("permissions")
                .valueStream()
                .map(one -> one.asString())
                .toList();
    }

    private static Answer make(TestUser user, Map<String, Object> input) {
        var body = new HashMap<String, Object>(input);
        body.putIfAbsent("name", "Test");
        return user.post(KEYS, body);
    }

    private static String id(Answer made) {
        return made.json().path("apiKey").path("id").asString();
    }

    private static void assertCode(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }

    private static void assertViolation(Answer answer, String pointer) {
        assertCode(answer, 422, "invalid-input");
        assertThat(answer.json().path("violations").valueStream())
                .as(answer.body())
                .extracting(violation -> violation.path("pointer").asString())
                .containsExactly(pointer);
    }
}
