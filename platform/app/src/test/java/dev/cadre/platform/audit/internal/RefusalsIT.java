package dev.cadre.platform.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.web.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whoever is refused stands in the log of whom they knocked at, once a minute for each reason, without what they said. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RefusalsIT {

    private static final String EVENTS = "/api/v1/audit-events?limit=200&action=request";

    @LocalServerPort
    int port;

    @Autowired
    Refusals refusals;

    @Autowired
    JdbcClient jdbc;

    private TestUser owner;

    @BeforeEach
    void register() {
        refusals.stop(); // or its own minute ends within a test; it tells what others left
        owner = TestUser.register(port);
    }

    @AfterEach
    void goOn() {
        refusals.start();
    }

    @Test
    void tellsOnceOfManyRefusals() {
        var viewer = owner.colleague("viewer");
        for (int i = 0; i < 7; i++) {
            assertThat(viewer.get("/api/v1/organizations/security").status()).isEqualTo(403);
        }
        assertThat(viewer.post("/api/v1/workflows", Map.of("name", "W")).status())
                .isEqualTo(403);

        var told = told("forbidden");

        assertThat(told).hasSize(1);
        var event = told.getFirst();
        assertThat(event.path("actor").path("kind").asString()).isEqualTo("user");
        assertThat(event.path("actor").path("id").asString()).isEqualTo(viewer.id());
        assertThat(event.path("actor").path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(event.path("after").path("times").asInt()).isEqualTo(8);
        assertThat(event.path("after").path("status").asInt()).isEqualTo(403);
        assertThat(event.path("after").path("calls").toString())
                .contains("GET /api/v1/organizations/security", "POST /api/v1/workflows");
        assertThat(told("forbidden")).as("told already").hasSize(1);
    }

    @Test
    void tellsWhoAsksForWhatIsAnotherOrganizations() {
        var other = TestUser.register(port);
        var workflow = other.post(
                        "/api/v1/workflows",
                        Map.of(
                                "name",
                                "W",
                                "bpmnXml",
                                dev.cadre.platform.Bpmn.manual()
                                        .end("e")
                                        .flow("start", "e")
                                        .xml()))
                .json()
                .path("id")
                .asString();
        assertThat(owner.get("/api/v1/workflows/" + workflow).status()).isEqualTo(404);

        assertThat(told("workflow-not-found")).singleElement().satisfies(event -> {
            assertThat(event.path("actor").path("id").asString()).isEqualTo(owner.id());
            assertThat(event.path("after").path("calls").toString()).contains("GET /api/v1/workflows/" + workflow);
        });
        assertThat(other.get(EVENTS).body()).as("the other's log").doesNotContain("workflow-not-found");
    }

    @Test
    void tellsWhatKeysAreRefused() {
        var made = owner.post(
                        "/api/v1/api-keys",
                        Map.of(
                                "name",
                                "Bound",
                                "scopes",
                                List.of("run:read"),
                                "allowedAddresses",
                                List.of("192.0.2.1")))
                .json();
        assertThat(owner.withToken(made.path("key").asString())
                        .get("/api/v1/runs")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("address-not-allowed");
        var other = owner.post("/api/v1/api-keys", Map.of("name", "Narrow", "scopes", List.of("run:read")))
                .json();
        assertThat(owner.withToken(other.path("key").asString())
                        .get("/api/v1/workflows")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("scope-missing");

        assertThat(told("address-not-allowed"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("actor").path("address").asString())
                                .isEqualTo("127.0.0.1"));
        assertThat(told("scope-missing"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("actor").path("name").asString()).isEqualTo("Narrow"));
    }

    @Test
    void tellsWhoTriesWhatIsNotValidOverAndOver() {
        for (int i = 1; i < Refusals.PROBING; i++) {
            assertThat(owner.post("/api/v1/workflows", Map.of("name", "x".repeat(1_000)))
                            .status())
                    .isEqualTo(422);
        }
        assertThat(told("invalid-input")).as("mistakes").isEmpty();
        for (int i = 0; i < Refusals.PROBING; i++) {
            owner.post("/api/v1/workflows", Map.of("name", "x".repeat(1_000)));
        }
        assertThat(told("invalid-input"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("after").path("times").asInt()).isEqualTo(Refusals.PROBING));
    }

    @Test
    void tellsTheInstallationOfForgedTokensAndNotOfNone() {
        var agent = "probe-" + UUID.randomUUID();
        var secret = "canary" + UUID.randomUUID().toString().replace("-", "");
        var stranger = TestUser.nobody(port);
        stranger.get("/api/v1/runs", "User-Agent", agent);
        assertThat(installation(agent)).isEmpty();
        // an address of its own, since others knock too
        refusals.count(
                new RequestRefused(null, Actor.anonymous(agent, agent), 401, "unauthenticated", false, "GET /a"));
        refusals.count(new RequestRefused(null, Actor.anonymous(agent, agent), 401, "unauthenticated", true, "GET /b"));
        assertThat(installation(agent))
                .singleElement()
                .asString()
                .contains("GET /b")
                .doesNotContain("GET /a");

        stranger.withToken("cdr_" + secret).get("/api/v1/runs/" + secret + "?q=" + secret);
        refusals.tell();
        assertThat(jdbc.sql("select content from audit_event where organization_id = ? and action = 'request.refused'")
                        .param(Secrets.INSTALLATION.value())
                        .query(String.class)
                        .list())
                .anyMatch(content -> content.contains("GET /api/v1/runs/…"))
                .noneMatch(content -> content.contains(secret));
    }

    @Test
    void aFloodFromManyAddressesIsToldTogether() {
        var flooded = new OrganizationId(UUID.fromString(owner.organization()));
        for (int i = 0; i < Refusals.STRANGERS_APART + 50; i++) {
            knock(flooded, "2001:db8:0:" + i + "::1");
        }
        for (int i = 2; i < 5; i++) {
            knock(flooded, "2001:db8:0:0::" + i); // a network of one customer
        }
        var told = told("signature-invalid");
        assertThat(told.stream()
                        .mapToInt(event -> event.path("after").path("times").asInt()))
                .hasSize(Refusals.STRANGERS_APART + 1)
                .contains(1, 4, 50);
        assertThat(jdbc.sql("""
                        select content::json -> 'after' ->> 'times' from audit_event
                        where organization_id = ? and action = 'request.refused' and origin not like '%2001:db8%'""").param(flooded.value()).query(Integer.class).single())
                .isEqualTo(50);
    }

    private void knock(OrganizationId door, String address) {
        refusals.count(new RequestRefused(
                door, Actor.anonymous(address, "x"), 403, "signature-invalid", false, "POST /hooks/a"));
    }

    private List<JsonNode> told(String code) {
        refusals.tell();
        return owner.get(EVENTS)
                .json()
                .path("items")
                .valueStream()
                .filter(event -> event.path("subject").path("id").asString().equals(code))
                .toList();
    }

    private List<String> installation(String agent) {
        refusals.tell();
        return jdbc.sql("select content from audit_event where organization_id = ? and origin like ?")
                .param(Secrets.INSTALLATION.value())
                .param("%" + agent + "%")
                .query(String.class)
                .list();
    }
}
