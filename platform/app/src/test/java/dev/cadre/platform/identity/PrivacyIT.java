package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People get all that is kept of them, and can be forgotten without breaking what others rely on. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PrivacyIT {

    private static final Map<String, String> PASSWORD = Map.of("password", TestUser.PASSWORD);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

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
    void givesAnArchiveWithAFileForEachKindAndNothingOfOthers() throws Exception {
        var owner = TestUser.register(port);
        var other = owner.colleague("admin");
        var ids = Map.of(owner, new ArrayList<String>(), other, new ArrayList<String>());
        var project = owner.post("/api/v1/projects", Map.of("name", "Engines"))
                .json()
                .path("id")
                .asString();
        for (var person : List.of(owner, other)) {
            owner.put("/api/v1/projects/" + project + "/members/" + person.id(), Map.of());
            var subject = "at-provider-" + person.id();
            jdbc.sql(
                            "insert into sso_identity (organization_id, issuer, subject, user_id) values (?::uuid, 'i', ?, ?::uuid)")
                    .params(owner.organization(), subject, person.id())
                    .update();
            ids.get(person).add(subject);
            var runs = new TestRuns(person);
            var run = waiting(runs);
            var asked = asked(person, run);
            decide(person, asked);
            runs.ended(run);
            var key = key(person);
            person.withToken(key.path("key").asString()).get("/api/v1/runs");
            ids.get(person)
                    .addAll(List.of(run, asked, key.path("apiKey").path("id").asString()));
        }

        var files = archive(owner);

        var kinds = owner.get("/api/v1/me/export").json().propertyNames();
        assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(named(kinds));
        assertThat(files.get("README.txt")).contains(owner.email(), "ask the organizations that run them");
        for (var kind : kinds) {
            var rows = JsonMapper.shared().readTree(files.get(kind + ".json"));
            assertThat(rows.isArray()).as(kind).isTrue();
            if (!List.of("invitations", "secondFactor").contains(kind)) {
                assertThat(rows).as(kind).isNotEmpty();
            }
            assertThat(files.get("README.txt")).contains("\n" + kind + ".json\n    ");
        }
        var mine = String.join("\n", files.values());
        assertThat(mine).contains(ids.get(owner)).doesNotContain(other.email(), PASSWORD.get("password"));
        ids.get(other).forEach(id -> assertThat(mine).doesNotContain(id));
        assertThat(String.join("\n", archive(other).values()))
                .contains(ids.get(other))
                .doesNotContain(owner.email());
    }

    private static List<String> named(Collection<String> kinds) {
        return Stream.concat(Stream.of("README.txt"), kinds.stream().map(kind -> kind + ".json"))
                .toList();
    }

    private Map<String, String> archive(TestUser person) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/me/export"))
                .header("Authorization", "Bearer " + person.token())
                .header("Accept", "application/zip")
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"my-data.zip\"");
            var files = new LinkedHashMap<String, String>();
            // as from a file: the directory at the end and the sums of all that is in it are right
            var file = Files.write(folder.resolve("my-data.zip"), answer.body());
            try (var zip = new ZipFile(file.toFile())) {
                for (var entry : zip.stream().toList()) {
                    files.put(
                            entry.getName(),
                            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return files;
        }
    }

    @Test
    void forgetsWhatAPersonsKeysDidAndWhatIsHeldForAPausedRun() {
        var owner = TestUser.register(port);
        var person = owner.colleague("admin");
        var made = key(person);
        var byKey = person.withToken(made.path("key").asString());
        var ended = key(person);
        var endedPath = "/api/v1/api-keys/" + ended.path("apiKey").path("id").asString();
        var runs = new TestRuns(owner);
        person.withToken(ended.path("key").asString()).post("/api/v1/runs/" + waiting(runs) + "/cancel", Map.of());
        assertThat(person.delete(endedPath).status()).isEqualTo(204);
        var run = waiting(runs);
        assertThat(byKey.post("/api/v1/runs/" + run + "/pause", Map.of()).status())
                .isEqualTo(200);
        var asked = asked(owner, run);
        decide(person, asked);
        assertThat(tablesWith(person.email())).contains("task", "task_log");
        handOver(person);
        var did = owner.get("/api/v1/audit-events?limit=200").json().path("items");
        var keys = List.of(made, ended).stream()
                .map(key -> key.path("apiKey").path("id").asString())
                .toList();
        assertThat(addresses(did, keys)).as("before").hasSizeGreaterThan(1).doesNotContain("");

        assertThat(person.post("/api/v1/me/erase", PASSWORD).status()).isEqualTo(204);

        await().untilAsserted(() -> assertThat(tablesWith(person.email())).isEmpty());
        blanked(person);
        var left = owner.get("/api/v1/audit-events?limit=200").json().path("items");
        assertThat(addresses(left, keys)).hasSameSizeAs(addresses(did, keys)).containsOnly("");
        owner.post("/api/v1/runs/" + run + "/resume", Map.of());
        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
        var decision = owner.get("/api/v1/approvals/" + asked).json().path("decision");
        assertThat(decision.path("decision").asString()).isEqualTo("approve");
        assertThat(decision.path("decidedBy").path("name").asString()).isEqualTo("Erased person");
        assertThat(tablesWith(person.email())).isEmpty();
        var report = owner.post("/api/v1/audit-verifications", Map.of()).json();
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("forgotten").asInt()).isGreaterThanOrEqualTo(keys.size());
    }

    /** In small parts, after the answer. */
    private void blanked(TestUser person) {
        await().until(() -> jdbc.sql("select count(*) from audit_to_blank")
                        .query(Integer.class)
                        .single()
                == 0);
        assertThat(jdbc.sql("select count(*) from audit_event where actor_id = ?::uuid and origin is not null")
                        .param(person.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** From where each of the keys did something; nothing where that is forgotten. */
    private static List<String> addresses(JsonNode events, List<String> keys) {
        return events.valueStream()
                .map(event -> event.path("actor"))
                .filter(actor -> keys.contains(actor.path("id").asString("")))
                .map(actor -> actor.path("address").asString(""))
                .toList();
    }

    private JsonNode key(TestUser person) {
        var made = person.post("/api/v1/api-keys", Map.of("name", "Key", "scopes", List.of("run:read", "run:cancel")));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static String waiting(TestRuns runs) {
        var run = runs.started(
                Bpmn.manual().approval("ask", "{\"title\":\"?\"}").end("end").flow("start", "ask", "end"), Map.of());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.statusOf(runs.get(run), "ask").equals("waiting"));
        return run;
    }

    private static String asked(TestUser person, String run) {
        return person.get("/api/v1/approvals?open=true")
                .json()
                .path("items")
                .valueStream()
                .filter(approval -> approval.path("runId").asString().equals(run))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static void decide(TestUser person, String asked) {
        var decided = person.post(
                "/api/v1/approvals/" + asked + "/decision",
                Map.of("decision", "approve", "comment", "fine\0 \\u0000 \"decidedBy\": {"));
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
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
    void whoAsksTwiceAtOnceIsErasedOnce() throws Exception {
        var owner = TestUser.register(port);
        var person = owner.colleague("member");
        handOver(person);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads
                    .invokeAll(Collections.nCopies(
                            5, () -> person.post("/api/v1/me/erase", PASSWORD).status()))
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(answers).containsOnlyOnce(204).containsOnly(204, 401);
        }
        assertThat(TestAudit.actions(owner, "user.erased")).hasSize(1);
    }

    @Test
    void forgetsAPersonAndTheLogStillProvesItself() {
        var owner = TestUser.register(port);
        var person = owner.colleague("admin");
        var runs = new TestRuns(owner);
        var run = waiting(runs);
        var asked = asked(owner, run);
        decide(person, asked);
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
        blanked(person);
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
