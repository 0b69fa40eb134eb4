package dev.cadre.platform.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.organization.internal.Erasure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Organizations that are deleted: what stops at once, what can be taken back, and what is left at the end. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DeletionIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Erasure erasure;

    @Autowired
    Mail mail;

    private TestUser owner;
    private TestRuns runs;
    private String path;
    private String hook;

    @BeforeEach
    void anOrganization() {
        owner = TestUser.register(port);
        runs = new TestRuns(owner);
        path = "/api/v1/organizations/" + owner.organization();
        hook = "hook-" + UUID.randomUUID();
    }

    @Test
    void onlyAnOwnerWhoTypesTheNameDeletes() {
        for (var typed : List.of("", "analytical engines", "x".repeat(5_000), "%00")) {
            var refused = owner.delete(path + "?name=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        }
        assertThat(owner.delete(path).json().at("/violations/0/pointer").asString())
                .isEqualTo("/name");
        assertThat(delete(owner.colleague("admin")).status()).isEqualTo(403);
        assertCode(delete(TestUser.register(port)), 404, "organization-not-found");
        assertThat(owner.get(path).json().path("deletesAt").isNull()).isTrue();

        var deleted = delete(owner);

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(202);
        var at = Instant.parse(deleted.json().path("deletesAt").asString());
        assertThat(Duration.between(Instant.now(), at)).isBetween(Duration.ofDays(13), Duration.ofDays(14));
        assertThat(delete(owner).json().path("deletesAt").asString())
                .as("a second wish changes nothing")
                .isEqualTo(deleted.json().path("deletesAt").asString());
        assertThat(mail.waiting(Optional.empty(), 200))
                .filteredOn(message -> message.to().equals(owner.email()))
                .filteredOn(message -> message.text().contains("/settings/organization"))
                .hasSize(1);
    }

    @Test
    void nothingRunsUntilAnOwnerTakesItBack() {
        publishHook();
        var admin = owner.colleague("admin");
        var waiting =
                runs.started(Bpmn.manual().timer("wait", "PT1H").end("done").flow("start", "wait", "done"), Map.of());
        var workflow = runs.published(
                Bpmn.startedBy("schedule", "{\"every\":\"PT1S\"}").end("done").flow("start", "done"));

        assertThat(delete(owner).status()).isEqualTo(202);

        assertThat(TestUser.nobody(port).post("/hooks/" + hook, Map.of()).status())
                .isEqualTo(404);
        await().atMost(LONG).until(() -> status(waiting).equals("cancelled"));
        await().atMost(LONG)
                .until(() -> jdbc.sql(
                                "select count(*) from run where organization_id = ?::uuid and status not in ('cancelled', 'succeeded')")
                        .param(owner.organization())
                        .query(Integer.class)
                        .single()
                        .equals(0));
        assertCode(
                owner.post("/api/v1/workflows/" + workflow + "/run", Map.of("input", Map.of())),
                403,
                "organization-closed");
        assertCode(owner.get("/api/v1/runs"), 403, "organization-closed");
        assertCode(owner.patch(path, Map.of("name", "Other")), 403, "organization-closed");
        assertThat(admin.post(path + "/restore", Map.of()).status()).isEqualTo(403);
        assertThat(owner.get("/api/v1/me").json().at("/organization/deletesAt").isNull())
                .isFalse();
        int fired = fired(workflow);

        assertThat(owner.post(path + "/restore", Map.of())
                        .json()
                        .path("deletesAt")
                        .isNull())
                .isTrue();

        assertThat(fired(workflow)).as("while it was closed").isEqualTo(fired);
        await().atMost(LONG).until(() -> fired(workflow) > fired);
        assertThat(TestUser.nobody(port).post("/hooks/" + hook, Map.of()).status())
                .isEqualTo(202);
        assertThat(owner.get("/api/v1/runs").status()).isEqualTo(200);
        assertThat(owner.post(path + "/restore", Map.of()).status()).as("again").isEqualTo(200);
    }

    @Test
    void erasesEverythingOfItAndNothingOfOthers() {
        publishHook();
        var other = TestUser.register(port);
        new TestRuns(other).finished(Bpmn.manual().end("done").flow("start", "done"), Map.of());
        owner.post(
                "/api/v1/connections", Map.of("name", "Support", "type", "slack", "values", Map.of("token", "s3cret")));
        owner.post(
                "/api/v1/organizations/members", Map.of("email", UUID.randomUUID() + "@example.com", "role", "viewer"));
        var failed = runs.finished(
                Bpmn.manual()
                        .step("sum", "calculator", "{\"expression\":\"nothing\"}")
                        .end("done")
                        .flow("start", "sum", "done"),
                Map.of());
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        runs.started(Bpmn.manual().timer("wait", "PT1H").end("done").flow("start", "wait", "done"), Map.of());
        var role = owner.post("/api/v1/roles", Map.of("name", "Reader", "permissions", List.of("workflow:read")));
        owner.colleague(role.json().path("id").asString());
        // its audit log is chained a moment later
        await().atMost(LONG).untilAsserted(() -> assertThat(rows(other)).contains("audit_head 1"));
        var before = rows(other);
        assertThat(deployments(owner)).isPositive();
        delete(owner);
        erasure.look();
        assertThat(owner.get(path).status()).as("its time has not come").isEqualTo(200);

        jdbc.sql("update organization set deletes_at = now() where id = ?::uuid")
                .param(owner.organization())
                .update();
        await().atMost(LONG).untilAsserted(() -> {
            erasure.look();
            assertThat(rows(owner)).isEmpty();
        });

        assertThat(deployments(owner)).isZero();
        assertThat(jdbc.sql("select wrapped_key is null from data_key where organization_id = ?::uuid")
                        .param(owner.organization())
                        .query(Boolean.class)
                        .single())
                .as("its key is destroyed")
                .isTrue();
        assertThat(rows(other)).isEqualTo(before);
        assertThat(owner.get("/api/v1/me").status()).isEqualTo(401);
        var again = TestUser.nobody(port)
                .post("/auth/login", Map.of("email", owner.email(), "password", TestUser.PASSWORD));
        assertThat(again.json().at("/organization/name").asString()).isEqualTo("Ada's organization");
        assertCode(
                owner.withToken(again.json().path("accessToken").asString()).post(path + "/restore", Map.of()),
                404,
                "organization-not-found");
    }

    private void publishHook() {
        runs.published(Bpmn.webhook(hook, "immediately").end("done").flow("start", "done"));
        assertThat(TestUser.nobody(port).post("/hooks/" + hook, Map.of()).status())
                .isEqualTo(202);
    }

    private Answer delete(TestUser by) {
        return by.delete(path + "?name=Analytical%20Engines");
    }

    private String status(String run) {
        return jdbc.sql("select status from run where id = ?::uuid")
                .param(run)
                .query(String.class)
                .single();
    }

    private int fired(String workflow) {
        return jdbc.sql("select count(*) from run where workflow_id = ?::uuid")
                .param(workflow)
                .query(Integer.class)
                .single();
    }

    private int deployments(TestUser user) {
        return jdbc.sql("select count(*) from act_re_deployment where tenant_id_ = ?")
                .param(user.organization())
                .query(Integer.class)
                .single();
    }

    /** Of each table that has rows of this user's organization, how many. */
    private List<String> rows(TestUser user) {
        return jdbc.sql("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where a.attname = 'organization_id' and c.relkind = 'r' and c.relnamespace = 'cadre'::regnamespace
                          and c.relname not in ('session', 'first_organization', 'data_key') order by 1""").query(String.class).list().stream()
                .map(table -> table + " "
                        + jdbc.sql("select count(*) from " + table + " where organization_id = ?::uuid")
                                .param(user.organization())
                                .query(Integer.class)
                                .single())
                .filter(count -> !count.endsWith(" 0"))
                .toList();
    }

    private static void assertCode(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
