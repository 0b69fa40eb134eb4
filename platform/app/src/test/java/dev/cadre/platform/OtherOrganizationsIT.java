package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is another organization's does not exist: every operation answers as if its ids were made up. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherOrganizationsIT {

    /** Not every list is JSON: exports are lines of text. */
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");

    /** Bodies that would do something, so that it is the id that is refused and not what was sent with it. */
    private static final Map<String, Object> BODIES = Map.ofEntries(
            Map.entry("POST /api/v1/approvals/{id}/decision", Map.of("decision", "approve")),
            Map.entry("POST /api/v1/tasks/{id}/decision", Map.of("decision", "fail")),
            Map.entry("PUT /api/v1/connections/{id}", Map.of("name", "Mine", "values", Map.of())),
            Map.entry("PUT /api/v1/connections/{id}/limits", Map.of("maxConcurrent", 1)),
            Map.entry("PATCH /api/v1/organizations/{id}", Map.of("name", "Mine")),
            Map.entry("PATCH /api/v1/organizations/members/{userId}", Map.of("role", "viewer")),
            Map.entry(
                    "POST /api/v1/organizations/{id}/transfer",
                    Map.of("userId", UUID.randomUUID(), "password", TestUser.PASSWORD)),
            Map.entry("PATCH /api/v1/projects/{id}", Map.of("name", "Mine")),
            Map.entry("PUT /api/v1/roles/{id}", Map.of("name", "Mine", "permissions", List.of())),
            Map.entry("PATCH /api/v1/api-keys/{id}", Map.of("name", "Mine")),
            Map.entry("PATCH /api/v1/service-accounts/{id}", Map.of("name", "Mine", "role", "admin")),
            Map.entry(
                    "PUT /api/v1/workflows/{id}",
                    Map.of("name", "Mine", "bpmnXml", drawing().xml())),
            Map.entry(
                    "POST /api/v1/workflows/{id}/migrations",
                    Map.of("toVersion", 1, "runIds", List.of(UUID.randomUUID()))),
            Map.entry("POST /api/v1/workflows/{id}/migrations/preview", Map.of("toVersion", 1)));

    private static final Map<String, Object> SECRET = Map.of("kind", "hmac", "secret", "a secret of our own");

    @LocalServerPort
    int port;

    private Belongings theirs;
    private TestUser eve;
    private List<ApiOperation> operations;

    @BeforeEach
    void bothExist() {
        if (theirs == null) {
            theirs = new Belongings(port);
            eve = TestUser.register(port);
            operations = ApiOperation.all(port);
        }
    }

    @Test
    void everyIdInAPathIsTakenFromWhatTheOtherOrganizationHas() {
        for (var operation : operations) {
            if (!operation.inPath().isEmpty() && !Belongings.isOfTheInstallation(operation)) {
                assertThat(theirs.idsFor(operation))
                        .as("%s: let Belongings make one of these", operation)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void anIdOfAnotherOrganizationIsAnsweredLikeOneThatNothingHas() {
        var before = seenByTheirOwner();
        var strange = new ArrayList<String>();
        int asked = 0;
        for (var operation : operations) {
            for (var id : theirs.idsFor(operation)) {
                var made = Belongings.madeUp(id);
                var real = ask(operation, id);
                var random = ask(operation, made);
                boolean forStrangers = operation.path().startsWith("/auth/");
                if (!forStrangers && real.status() != 404 || !shape(real, id).equals(shape(random, made))) {
                    strange.add("%s answered %d %s and for an id that nothing has %d %s"
                            .formatted(operation, real.status(), real.body(), random.status(), random.body()));
                }
                asked++;
            }
        }
        assertThat(strange).isEmpty();
        assertThat(asked).isGreaterThan(60);
        assertThat(seenByTheirOwner()).as("what the other organization has").isEqualTo(before);
    }

    @Test
    void listsAndTheirFiltersShowNothingOfAnotherOrganization() {
        var strange = new ArrayList<String>();
        var own = new TreeSet<String>();
        for (var operation : operations) {
            if (operation.method().equals("GET") && operation.inPath().isEmpty()) {
                own.addAll(theirs.shownBy(
                        theirs.owner.get(operation.path() + "?limit=200").body()));
                for (var query : queries(operation)) {
                    var answer = eve.get(operation.path() + query);
                    var shown = theirs.shownBy(withoutEcho(answer.body(), query));
                    if (answer.status() >= 500 || answer.status() == 403 || !shown.isEmpty()) {
                        strange.add("%s%s: %d shows %s".formatted(operation, query, answer.status(), shown));
                    }
                }
            }
        }
        assertThat(strange).isEmpty();
        assertThat(own).as("what its own members see in lists").hasSizeGreaterThan(12);
    }

    @Test
    void idsInBodiesAndFiltersTellNothing() {
        var runs = new TestRuns(eve);
        var mine = runs.published(drawing());
        var role = eve.post("/api/v1/roles", Map.of("name", "Mine", "permissions", List.of()))
                .json()
                .path("id")
                .asString();
        var run = theirs.ids("/runs/").getLast();
        same(run, id -> eve.post("/api/v1/dead-letters/retry", Map.of("runIds", List.of(id))));
        same(run, id -> eve.post("/api/v1/dead-letters/discard", Map.of("runIds", List.of(id))));
        var workflow = theirs.id("/workflows/");
        same(workflow, id -> eve.post("/api/v1/dead-letters/discard", Map.of("filter", Map.of("workflowId", id))));
        var move = "/api/v1/workflows/" + mine + "/migrations";
        same(run, id -> eve.post(move, Map.of("toVersion", 1, "runIds", List.of(id))));
        same(run, id -> eve.post(move + "/preview", Map.of("toVersion", 1, "runIds", List.of(id))));
        same(theirs.id("/roles/"), id -> eve.delete("/api/v1/roles/" + role + "?moveTo=" + id));
        same(
                theirs.id("/roles/"),
                id -> eve.post("/api/v1/organizations/members", Map.of("email", "a@example.com", "role", id)));
        same(
                theirs.id("/organizations/members/"),
                id -> eve.post(
                        "/api/v1/organizations/" + eve.organization() + "/transfer",
                        Map.of("userId", id, "password", TestUser.PASSWORD)));
        var project = theirs.id("/projects/");
        var xml = drawing().xml();
        same(project, id -> eve.post("/api/v1/workflows", Map.of("name", "Mine", "bpmnXml", xml, "projectId", id)));
        same(project, id -> eve.put("/api/v1/workflows/" + mine + "/project", Map.of("projectId", id)));
        same(
                project,
                id -> eve.post(
                        "/api/v1/connections",
                        Map.of("name", "Mine", "type", "webhook-secret", "values", SECRET, "projectId", id)));
        same(
                theirs.id("/service-accounts/"),
                id -> eve.post(
                        "/api/v1/api-keys",
                        Map.of("name", "Mine", "scopes", List.of("run:read"), "serviceAccountId", id)));
        assertThat(theirs.owner.get("/api/v1/runs/" + run).json().path("status").asString())
                .isEqualTo("failed");
    }

    @Test
    void drawingsThatNameWhatAnotherOrganizationHasDoNotReachIt() {
        same(
                theirs.id("/workflows/"),
                id -> eve.post(
                        "/api/v1/workflows/validate",
                        Map.of(
                                "bpmnXml",
                                Bpmn.manual()
                                        .call("call", id, "1", "{}")
                                        .end("done")
                                        .flow("start", "call", "done")
                                        .xml())));
        same(
                theirs.id("/connections/"),
                id -> eve.post(
                        "/api/v1/workflows/validate",
                        Map.of(
                                "bpmnXml",
                                Bpmn.startedBy("webhook", id, "{\"path\":\"" + UUID.randomUUID() + "\"}")
                                        .end("done")
                                        .flow("start", "done")
                                        .xml())));
    }

    @Test
    void webClientsHearNothingOfAnotherOrganization() throws Exception {
        try (var hers = WebClient.connect(port, eve.token());
                var ours = WebClient.connect(port, theirs.owner.token())) {
            var runs = new TestRuns(theirs.owner);
            var run = runs.startedOf(theirs.id("/workflows/"), Map.of());
            await().until(() -> theirs.owner
                            .get("/api/v1/approvals?open=true")
                            .json()
                            .path("items")
                            .size()
                    > 1);
            theirs.owner.post("/api/v1/runs/" + run + "/cancel", Map.of());
            var hooked = "/api/v1/workflows/" + theirs.ids("/workflows/").get(1) + "/listen";
            assertThat(theirs.owner.post(hooked, Map.of()).status()).isEqualTo(200);
            assertThat(theirs.owner.delete(hooked).status()).isEqualTo(204);
            var own = new TestRuns(eve).started(drawing(), Map.of());
            await().until(() -> hears(ours, run, "cancelled") && hears(hers, own, "succeeded"));

            assertThat(hers.heard())
                    .allSatisfy(event -> assertThat(theirs.shownBy(event)).isEmpty())
                    .noneMatch(event -> event.contains(run));
        }
    }

    private static boolean hears(WebClient client, String run, String status) {
        return client.heard().stream().anyMatch(event -> event.contains(run) && event.contains(status));
    }

    private static Bpmn drawing() {
        return Bpmn.manual().end("done").flow("start", "done");
    }

    private Answer ask(ApiOperation operation, String id) {
        var body = BODIES.getOrDefault(operation.toString(), Map.of());
        return operation.call(eve, theirs.filled(operation, id), body, "If-Match", "\"1\"");
    }

    private void same(String theirId, Function<String, Answer> ask) {
        var made = UUID.randomUUID().toString();
        assertThat(shape(ask.apply(theirId), theirId)).isEqualTo(shape(ask.apply(made), made));
    }

    /** An answer without what differs each time: the id that was asked for, and the trace. */
    private static String shape(Answer answer, String id) {
        var headers = new TreeSet<>(answer.response().headers().map().keySet());
        var body = answer.body().replace(id, "(id)").replaceAll("\"traceId\":\"[^\"]*\"", "\"traceId\":\"\"");
        return answer.status() + " " + headers + " " + body;
    }

    /** Every thing that can be asked for by its id, as its owner sees it. */
    private Map<String, String> seenByTheirOwner() {
        var seen = new LinkedHashMap<String, String>();
        for (var operation : operations) {
            if (operation.method().equals("GET") && operation.path().startsWith("/api/")) {
                for (var id : theirs.idsFor(operation)) {
                    var path = theirs.filled(operation, id);
                    var answer = theirs.owner.get(path);
                    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
                    seen.put(path, answer.header("ETag") + answer.body());
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(15);
        return seen;
    }

    /** Everything that the operation can be asked with that has to do with the other organization. */
    private List<String> queries(ApiOperation operation) {
        var queries = new ArrayList<>(List.of("", "?limit=200", "?all=true"));
        for (var name : operation.inQuery()) {
            if (name.endsWith("Id")) {
                theirs.allIds().forEach(id -> queries.add("?" + name + "=" + id));
            }
            if (name.equals("q")) {
                queries.add("?q=" + theirs.mark);
            }
        }
        var body = theirs.owner.get(operation.path() + "?limit=1").body();
        var cursor = CURSOR.matcher(body).results().map(found -> found.group(1)).findFirst();
        cursor.ifPresent(next -> queries.add("?cursor=" + next));
        return queries;
    }

    /** A refusal may say again what was asked for. */
    private static String withoutEcho(String body, String query) {
        return body.replace(query.substring(query.indexOf('=') + 1), "");
    }
}
