package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.audit.internal.Aged;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading, exporting, verifying and keeping the audit log over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuditApiIT {

    private static final String EVENTS = "/api/v1/audit-events";
    private static final String RETENTION = "/api/v1/audit-retention";

    @LocalServerPort
    int port;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    ApplicationContext context;

    private TestUser owner;

    @BeforeEach
    void register() {
        owner = TestUser.register(port);
    }

    @Test
    void showsWhoDidWhatNewestFirstAndPageByPage() {
        var colleague = owner.colleague("viewer");
        owner.patch("/api/v1/organizations/members/" + colleague.id(), Map.of("role", "admin"));
        var first = owner.get(EVENTS + "?limit=1&action=member").json();
        var changed = first.path("items").path(0);
        assertThat(changed.path("action").asString()).isEqualTo("member.role-changed");
        assertThat(changed.path("actor").path("email").asString()).isEqualTo(owner.email());
        assertThat(changed.path("actor").path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(changed.path("subject").path("id").asString()).isEqualTo(colleague.id());
        assertThat(changed.path("before").path("role").asString()).isEqualTo("viewer");
        assertThat(changed.path("after").path("role").asString()).isEqualTo("admin");
        var second = owner.get(EVENTS + "?limit=1&action=member&cursor="
                        + first.path("nextCursor").asString())
                .json();
        assertThat(actions(second)).containsExactly("member.added");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(owner.get(EVENTS + "/" + changed.path("id").asString())
                        .json()
                        .path("action")
                        .asString())
                .isEqualTo("member.role-changed");
        assertThat(owner.get(EVENTS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void filtersByPersonActionAndTime() {
        var colleague = owner.colleague("admin");
        colleague.patch("/api/v1/organizations/" + owner.organization(), Map.of("name", "Difference Engines"));
        assertThat(actions(owner.get(EVENTS + "?actor=" + colleague.id() + "&action=organization")
                        .json()))
                .containsExactly("organization.renamed");
        assertThat(actions(owner.get(EVENTS + "?action=organization.renamed").json()))
                .containsExactly("organization.renamed");
        assertThat(actions(owner.get(EVENTS + "?action=organ").json())).isEmpty();
        var now = Instant.now();
        assertThat(actions(owner.get(EVENTS + "?from=" + now.plusSeconds(60)).json()))
                .isEmpty();
        assertThat(actions(owner.get(EVENTS + "?to=" + now.minusSeconds(3600)).json()))
                .isEmpty();
        var all = "&from=" + now.minusSeconds(3600) + "&to=" + now.plusSeconds(60) + "&actor=" + colleague.id();
        assertThat(actions(owner.get(EVENTS + "?action=organization" + all).json()))
                .containsExactly("organization.renamed");
        assertThat(actions(owner.get(EVENTS + "?action=organization.renamed.x" + all)
                        .json()))
                .isEmpty();
        assertThat(owner.get(EVENTS + "?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")
                        .json()
                        .path("items"))
                .hasSameSizeAs(owner.get(EVENTS).json().path("items"));
        assertThat(actions(owner.get(EVENTS + "?to=1969-01-01T00:00:00Z").json()))
                .isEmpty();
        for (var wrong : List.of("actor=x", "from=yesterday", "to=%00", "cursor=x", "limit=0")) {
            assertThat(owner.get(EVENTS + "?" + wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(owner.get(EVENTS + "?action=%25'%22%00").status()).isLessThan(500);
    }

    @Test
    void neverShowsAnotherOrganizationsEvents() {
        var stranger = TestUser.register(port);
        var id = owner.get(EVENTS).json().path("items").path(0).path("id").asString();
        assertThat(stranger.get(EVENTS + "/" + id).status()).isEqualTo(404);
        assertThat(stranger.get(EVENTS + "?actor=" + owner.id()).json().path("items"))
                .isEmpty();
        assertThat(stranger.get("/api/v1/audit-export?format=jsonl").body()).doesNotContain(id);
    }

    @Test
    void exportsLinesOfJson() {
        for (int i = 0; i < 1_100; i++) {
            happens("Thing " + i);
        }
        var export = owner.get("/api/v1/audit-export?format=jsonl&action=thing");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Disposition")).contains("attachment").contains("audit-log.jsonl");
        var lines = new ArrayList<JsonNode>();
        export.body().lines().map(JsonMapper.shared()::readTree).forEach(lines::add);
        assertThat(lines).hasSize(1_100);
        assertThat(lines.getFirst().path("subject").path("name").asString()).isEqualTo("Thing 1099");
        assertThat(lines.stream().map(line -> line.path("id").asString()).distinct())
                .hasSize(1_100);
    }

    @Test
    void exportsATableInWhichNothingIsAFormula() {
        var evil = List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "  =1", "\uFF1D1", "a\"b,c\nd");
        evil.forEach(this::happens);
        var export = owner.get("/api/v1/audit-export?action=thing");
        assertThat(export.header("Content-Type")).startsWith("text/csv");
        assertThat(export.body().lines().findFirst().orElseThrow()).startsWith("\"id\",\"at\",\"actorKind\"");
        for (var name : evil.subList(0, 7)) {
            assertThat(export.body()).contains("\"'" + name + "\"").doesNotContain("\"" + name + "\"");
        }
        assertThat(export.body()).contains("\"a\"\"b,c\nd\"");
        assertThat(owner.get("/api/v1/audit-export?format=xls").status()).isEqualTo(400);
    }

    @Test
    void keepsThatItWasExportedAndVerified() {
        owner.get("/api/v1/audit-export?format=jsonl&action=member");
        var report = owner.post("/api/v1/audit-verifications", Map.of()).json();
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(actions(owner.get(EVENTS + "?action=audit").json()))
                .containsExactly("audit.verified", "audit.exported");
        var kept = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> owner.post("/api/v1/audit-verifications", Map.of())
                                .json()
                                .path("end"),
                        end -> !end.isNull());
        var later = owner.post("/api/v1/audit-verifications", kept).json();
        assertThat(later.path("intact").asBoolean()).as(later.toString()).isTrue();
        assertThat(owner.post("/api/v1/audit-verifications", Map.of("position", 1, "hash", "0".repeat(64)))
                        .json()
                        .path("intact")
                        .asBoolean())
                .isFalse();
        for (var half : List.of(Map.of("position", 1), Map.of("hash", "0".repeat(64)))) {
            assertThat(owner.post("/api/v1/audit-verifications", half).status()).isEqualTo(400);
        }
        assertThat(owner.post("/api/v1/audit-verifications", Map.of("hash", "x"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void isForAdministratorsOnly() {
        for (var role : List.of("member", "viewer")) {
            var colleague = owner.colleague(role);
            for (var path : List.of(EVENTS, "/api/v1/audit-export", RETENTION)) {
                assertThat(colleague.get(path).status()).as(role + path).isEqualTo(403);
            }
        }
        assertThat(owner.colleague("admin").get(EVENTS).status()).isEqualTo(200);
    }

    @Test
    void forgetsWhatIsTooOldAndStillProvesTheRest() {
        assertThat(owner.get(RETENTION).json().path("days").asInt()).isEqualTo(AuditRetention.USUAL_DAYS);
        assertThat(owner.put(RETENTION, Map.of("days", 30)).status()).isEqualTo(428);
        assertThat(owner.put(RETENTION, Map.of("days", 29), "If-Match", "\"0\"").status())
                .isEqualTo(422);
        assertThat(owner.put(RETENTION, Map.of("days", 30), "If-Match", "\"0\"").header("ETag"))
                .isEqualTo("\"1\"");
        assertThat(owner.put(RETENTION, Map.of("days", 40), "If-Match", "\"0\"").status())
                .isEqualTo(412);
        for (int i = 0; i < 5; i++) {
            happens("Old " + i);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> owner.get(EVENTS)
                        .json()
                        .path("items")
                        .path(0)
                        .path("position")
                        .isNumber());
        var organization = new OrganizationId(UUID.fromString(owner.organization()));
        Aged.forget(context, organization, Duration.ofDays(29));
        assertThat(actions(owner.get(EVENTS + "?action=thing").json())).hasSize(5);
        Aged.forget(context, organization, Duration.ofDays(31));
        var left = owner.get(EVENTS).json();
        assertThat(actions(left)).contains("audit.forgotten").doesNotContain("thing.done", "organization.founded");
        happens("New");
        var report = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> owner.post("/api/v1/audit-verifications", Map.of())
                                .json(),
                        it -> it.path("checked").asInt() > 0);
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("firstPosition").asInt()).isGreaterThan(5);
    }

    private void happens(String name) {
        events.publishEvent(Audited.of(
                new OrganizationId(UUID.fromString(owner.organization())), "thing.done", Subject.of("thing", 1, name)));
    }

    private static List<String> actions(JsonNode page) {
        var found = new ArrayList<String>();
        page.path("items").forEach(item -> found.add(item.path("action").asString()));
        return found;
    }
}
