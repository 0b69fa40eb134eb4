package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People get all that is kept of them, and can be forgotten without breaking what others rely on. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PrivacyIT {

    private static final Map<String, String> PASSWORD = Map.of("password", TestUser.PASSWORD);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void givesPeopleAllThatIsKeptOfThem() {
        var owner = TestUser.register(port);
        new TestRuns(owner).finished(Bpmn.manual().end("end").flow("start", "end"), Map.of());

        var export = owner.get("/api/v1/me/export");

        assertThat(export.status()).as(export.body()).isEqualTo(200);
        assertThat(export.header("Content-Disposition")).contains("my-data.json");
        var all = export.json();
        assertThat(all.propertyNames())
                .contains(
                        "account",
                        "sessions",
                        "memberships",
                        "apiKeys",
                        "mail",
                        "savedWorkflows",
                        "publishedWorkflows",
                        "startedRuns",
                        "auditEvents");
        assertThat(all.path("account").path(0).path("email").asString()).isEqualTo(owner.email());
        assertThat(all.path("sessions")).hasSize(1);
        assertThat(all.path("startedRuns")).hasSize(1);
        assertThat(export.body()).doesNotContain("password_hash", "argon2");
        assertThat(TestAudit.actions(owner, "user")).contains("user.exported");
    }

    @Test
    void refusesToLeaveAnOrganizationWithoutAnOwner() {
        var owner = TestUser.register(port);
        assertThat(owner.post("/api/v1/me/erase", Map.of("password", "wrong")).status())
                .isEqualTo(422);
        var refused = owner.post("/api/v1/me/erase", PASSWORD);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("last-owner");
        assertThat(owner.get("/api/v1/me").status()).isEqualTo(200);

        var path = "/api/v1/organizations/" + owner.organization();
        var name = URLEncoder.encode(owner.get(path).json().path("name").asString(), StandardCharsets.UTF_8);
        assertThat(owner.delete(path + "?name=" + name).status()).isEqualTo(202);
        assertThat(owner.post("/api/v1/me/erase", PASSWORD).status())
                .as("with the organization to be deleted")
                .isEqualTo(204);
    }

    @Test
    void forgetsAPersonAndTheLogStillProvesItself() {
        var owner = TestUser.register(port);
        var person = owner.colleague("admin");
        var runs = new TestRuns(owner);
        var run = runs.started(
                Bpmn.manual().approval("ask", "{\"title\":\"?\"}").end("end").flow("start", "ask", "end"), Map.of());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.statusOf(runs.get(run), "ask").equals("waiting"));
        var asked = owner.get("/api/v1/approvals?open=true")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        var decided = person.post(
                "/api/v1/approvals/" + asked + "/decision", Map.of("decision", "approve", "comment", "fine\0"));
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        runs.ended(run);
        handOver(person);

        var erased = person.post("/api/v1/me/erase", PASSWORD);

        assertThat(erased.status()).as(erased.body()).isEqualTo(204);
        assertThat(person.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(TestUser.nobody(port)
                        .post("/auth/login", Map.of("email", person.email(), "password", TestUser.PASSWORD))
                        .status())
                .isEqualTo(401);
        // decisions and logs are gone through after the answer
        await().untilAsserted(() -> assertThat(tablesWith(person.email())).isEmpty());
        assertThat(owner.get("/api/v1/approvals/" + asked)
                        .json()
                        .path("decision")
                        .path("decidedBy")
                        .path("name")
                        .asString())
                .isEqualTo("Erased person");
        var events = owner.get("/api/v1/audit-events?limit=200&actor=" + person.id())
                .json()
                .path("items");
        assertThat(events).isNotEmpty();
        events.forEach(event -> {
            assertThat(event.path("actor").path("name").isNull()).isTrue();
            assertThat(event.path("actor").path("address").isNull()).isTrue();
        });
        assertThat(TestAudit.actions(owner, "user")).contains("user.erased");
        var report = owner.post("/api/v1/audit-verifications", Map.of()).json();
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
    }

    /** The organization that the person has founded goes to somebody else. */
    private void handOver(TestUser person) {
        jdbc.sql("""
                        insert into membership (organization_id, user_id, role)
                        select ?::uuid, id, 'owner' from user_account where email = ?""")
                .param(person.organization())
                .param(TestUser.register(port).email())
                .update();
    }

    private List<String> tablesWith(String text) {
        return jdbc
                .sql(
                        "select relname from pg_class where relnamespace = 'cadre'::regnamespace and relkind in ('r', 'p') order by 1")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> jdbc.sql("select exists (select from " + table + " t where strpos(t::text, ?) > 0)")
                        .param(text)
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
