package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.WebClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What belongs to a project is not there for who is not in it: every operation, every list, every event. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProjectSightIT {

    /** What hangs on no project: whoever adds an operation with an id says here or in {@link #hidden} where it belongs. */
    private static final List<String> OF_NO_PROJECT = List.of(
            "/api/v1/api-keys/",
            "/api/v1/audit-events/", // only who sees all projects reads the log
            "/api/v1/me/",
            "/api/v1/organizations/",
            "/api/v1/organization/",
            "/api/v1/plugins/",
            "/api/v1/roles/",
            "/api/v1/service-accounts/",
            "/api/v1/sso/",
            "/api/v1/templates/");

    private record Operation(String method, String pattern) {}

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    /** For the tests that only look. */
    private static @Nullable HiddenProject untouched;

    private HiddenProject hidden;

    @BeforeEach
    void makeAProject(TestInfo test) {
        if (!test.getTags().contains("looks")) {
            hidden = new HiddenProject(port);
            return;
        }
        if (untouched == null) {
            untouched = new HiddenProject(port);
        }
        hidden = untouched;
    }

    @Test
    @Tag("looks")
    void noOperationFindsWhatIsHidden() {
        var before = hidden.member.get("/api/v1/runs/" + hidden.waiting).body();
        var known = new TreeSet<String>();
        for (var operation : operations()) {
            for (var path : hidden(operation.pattern())) {
                known.add(operation.method() + " " + operation.pattern());
                var answer = hidden.outsider.send(operation.method(), path, body(operation), "If-Match", "\"1\"");
                assertThat(answer.status())
                        .as("%s %s for an outsider: %s", operation.method(), path, answer.body())
                        .isEqualTo(404);
                assertThat(answer.body()).doesNotContain("Billing", "Invoices", "Pay?", "Bank");
            }
        }
        assertThat(known)
                .hasSizeGreaterThan(35)
                .contains("GET /api/v1/runs/{id}/tasks", "POST /api/v1/workflows/{id}/publish");
        assertThat(hidden.member.get("/api/v1/runs/" + hidden.waiting).body())
                .as("nothing came of all that")
                .isEqualTo(before);
    }

    @Test
    @Tag("looks")
    void membersAndAdministratorsReadAllOfIt() {
        for (var user : List.of(hidden.member, hidden.owner)) {
            for (var operation : operations()) {
                if (operation.method().equals("GET")) {
                    for (var path : hidden(operation.pattern())) {
                        assertThat(user.get(path).status()).as("GET " + path).isEqualTo(200);
                    }
                }
            }
        }
    }

    @Test
    @Tag("looks")
    void noListShowsWhatIsHidden() {
        var ids = List.of(
                hidden.id,
                hidden.connection,
                hidden.workflow,
                hidden.waiting,
                hidden.approval,
                hidden.failed,
                hidden.schedule,
                hidden.hook,
                hidden.called,
                hidden.calling);
        var lists = List.of(
                "/api/v1/workflows?limit=100",
                "/api/v1/workflows?q=Invoices",
                "/api/v1/workflows?projectId=" + hidden.id,
                "/api/v1/runs?limit=100",
                "/api/v1/runs?q=Invoices",
                "/api/v1/runs?projectId=" + hidden.id,
                "/api/v1/runs?workflowId=" + hidden.workflow,
                "/api/v1/runs?status=failed",
                "/api/v1/approvals",
                "/api/v1/approvals?open=true",
                "/api/v1/dead-letters",
                "/api/v1/triggers",
                "/api/v1/connections",
                "/api/v1/connections?projectId=" + hidden.id,
                "/api/v1/projects");
        var seen = new TreeSet<String>();
        for (var list : lists) {
            var answer = hidden.outsider.get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.json().path("items").toString())
                    .as(list)
                    .doesNotContain(ids)
                    .doesNotContain("hidden-" + hidden.id);
            var members = hidden.member.get(list).json().path("items").toString();
            ids.stream().filter(members::contains).forEach(seen::add);
        }
        assertThat(seen).as("members see each").containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    @Tag("looks")
    void whatGoesForManyLeavesTheHiddenAlone() {
        for (var what : List.of("retry", "discard")) {
            var named = hidden.outsider.post("/api/v1/dead-letters/" + what, Map.of("runIds", List.of(hidden.failed)));
            assertThat(named.json().path("items").path(0).path("code").asString())
                    .as(named.body())
                    .isEqualTo("run-not-found");
            var all = hidden.outsider.post("/api/v1/dead-letters/" + what, Map.of("filter", Map.of()));
            assertThat(all.json().path("items").size()).as(all.body()).isZero();
        }
        assertThat(new TestRuns(hidden.member).get(hidden.failed).path("status").asString())
                .isEqualTo("failed");

        var drawing =
                Map.of("workflowId", hidden.workflow, "bpmnXml", Bpmn.manual().xml());
        assertThat(hidden.outsider.post("/api/v1/workflows/validate", drawing).status())
                .isEqualTo(404);
        assertThat(hidden.member.post("/api/v1/workflows/validate", drawing).status())
                .isEqualTo(200);
    }

    @Test
    @Tag("looks")
    void messagesAndSignalsOfAnOutsiderReachNobodyInIt() {
        var waiting = hidden.started(hidden.published(
                hidden.id,
                Bpmn.manual()
                        .declare("<message id='m' name='paid'/>")
                        .caught("pay", "<messageEventDefinition messageRef='m'/>", "<cadre:message key='A1'/>")
                        .end("end")
                        .flow("start", "pay", "end")));
        var message = Map.of("name", "paid", "key", "A1");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        new TestRuns(hidden.member).tasks(waiting).toString().contains("\"waiting\""));
        assertThat(hidden.outsider
                        .post("/api/v1/messages", message)
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("message-not-awaited");
        assertThat(new TestRuns(hidden.member).get(waiting).path("status").asString())
                .isNotEqualTo("succeeded");
        assertThat(hidden.member.post("/api/v1/messages", message).status()).isEqualTo(200);
        assertThat(new TestRuns(hidden.member).ended(waiting).path("status").asString())
                .isEqualTo("succeeded");
    }

    @Test
    void aMemberWorksInItAsEverybodyElse() {
        var runs = new TestRuns(hidden.member);
        assertThat(hidden.member
                        .post("/api/v1/runs/" + hidden.waiting + "/pause", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(hidden.member
                        .post("/api/v1/runs/" + hidden.waiting + "/resume", Map.of())
                        .status())
                .isEqualTo(200);
        var decided =
                hidden.member.post("/api/v1/approvals/" + hidden.approval + "/decision", Map.of("decision", "approve"));
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(runs.ended(hidden.waiting).path("status").asString()).isEqualTo("succeeded");

        assertThat(hidden.member
                        .post("/api/v1/runs/" + hidden.failed + "/retry", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(runs.ended(hidden.failed).path("status").asString()).isEqualTo("failed");
        var cancelled = hidden.started(hidden.workflow);
        assertThat(hidden.member
                        .post("/api/v1/runs/" + cancelled + "/cancel", Map.of())
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("cancelled");
        var awaited = hidden.member.post("/api/v1/workflows/" + hidden.calling + "/run?wait=20", Map.of());
        assertThat(awaited.status()).as(awaited.body()).isEqualTo(200);
        assertThat(TestUser.nobody(port)
                        .post("/hooks/hidden-" + hidden.id, Map.of())
                        .body())
                .contains("ok");
        var tried = hidden.member.post("/api/v1/workflows/" + hidden.shared + "/steps/twice/test", Map.of());
        assertThat(tried.json().path("output").path("result").asInt())
                .as(tried.body())
                .isEqualTo(4);
    }

    @Test
    void whoIsRemovedSeesNothingAtOnceAndWhoIsAddedAll() {
        assertThat(hidden.member.get("/api/v1/runs/" + hidden.waiting).status()).isEqualTo(200);
        hidden.owner.delete("/api/v1/projects/" + hidden.id + "/members/" + hidden.member.id());
        assertThat(hidden.member.get("/api/v1/runs/" + hidden.waiting).status()).isEqualTo(404);
        assertThat(hidden.member
                        .post("/api/v1/runs/" + hidden.waiting + "/cancel", Map.of())
                        .status())
                .isEqualTo(404);
        hidden.owner.put("/api/v1/projects/" + hidden.id + "/members/" + hidden.outsider.id(), Map.of());
        assertThat(hidden.outsider.get("/api/v1/runs/" + hidden.waiting).status())
                .isEqualTo(200);
    }

    @Test
    void aWorkflowTakesItsRunsAlongWhenItMoves() {
        var moved = hidden.member.put("/api/v1/workflows/" + hidden.workflow + "/project", "{\"projectId\":null}");
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
        assertThat(hidden.outsider.get("/api/v1/runs/" + hidden.waiting).status())
                .isEqualTo(200);
        assertThat(HiddenProject.approvals(hidden.outsider, hidden.waiting)).containsExactly(hidden.approval);
        assertThat(hidden.outsider.get("/api/v1/runs/" + hidden.called).status())
                .as("a shared workflow's run that a hidden one has called")
                .isEqualTo(404);
    }

    @Test
    void eventsReachThoseWhoMaySeeWhatTheyAreAbout() throws Exception {
        try (var inside = WebClient.connect(port, hidden.member.token());
                var outside = WebClient.connect(port, hidden.outsider.token());
                var above = WebClient.connect(port, hidden.owner.token())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                var open = new TestRuns(hidden.member).startedOf(hidden.shared, Map.of());
                return Stream.of(inside, outside, above)
                        .allMatch(client -> heard(client).contains(open));
            });
            var secret = hidden.started(hidden.workflow);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> heard(inside).contains(secret) && heard(above).contains(secret));
            var open = hidden.started(hidden.shared);
            await().atMost(Duration.ofSeconds(20)).until(() -> heard(outside).contains(open));
            assertThat(heard(outside)).doesNotContain(secret);

            hidden.owner.delete("/api/v1/projects/" + hidden.id + "/members/" + hidden.member.id());
            var later = hidden.owner
                    .post("/api/v1/workflows/" + hidden.workflow + "/run", Map.of())
                    .json()
                    .path("run")
                    .path("id")
                    .asString();
            await().atMost(Duration.ofSeconds(20)).until(() -> heard(above).contains(later));
            var last = hidden.started(hidden.shared);
            await().atMost(Duration.ofSeconds(20)).until(() -> heard(inside).contains(last));
            assertThat(heard(inside)).doesNotContain(later);
        }
    }

    private static String heard(WebClient client) {
        return String.join("\n", client.heard());
    }

    /** The operation's path for each hidden thing that it can be asked for; none for what hangs on no project. */
    private List<String> hidden(String pattern) {
        var paths = new ArrayList<String>();
        if (!pattern.contains("{") || OF_NO_PROJECT.stream().anyMatch(pattern::startsWith)) {
            return paths;
        }
        var ids = switch (pattern.split("/")[3]) {
            case "approvals", "tasks" -> List.of(hidden.approval);
            case "connections" -> List.of(hidden.connection);
            case "projects" -> List.of(hidden.id);
            case "runs" -> List.of(hidden.waiting, hidden.called);
            case "triggers" -> List.of(hidden.schedule);
            case "workflows" -> List.of(hidden.workflow);
            default -> throw new AssertionError("Does " + pattern + " hang on a project? Say so in this test.");
        };
        ids.forEach(id -> paths.add(pattern.replace("{version}", "1")
                .replace("{elementId}", "ask")
                .replace("{userId}", hidden.outsider.id())
                .replaceAll("\\{(id|workflowId)}", id)));
        assertThat(paths).allMatch(path -> !path.contains("{"));
        return paths;
    }

    private Object body(Operation operation) {
        if (operation.method().equals("GET") || operation.method().equals("DELETE")) {
            return null;
        }
        return switch (operation.pattern()) {
            case "/api/v1/workflows/{id}" ->
                Map.of("name", "Mine", "bpmnXml", Bpmn.manual().xml());
            case "/api/v1/connections/{id}" -> Map.of("name", "Mine", "values", Map.of());
            case "/api/v1/approvals/{id}/decision" -> Map.of("decision", "approve");
            case "/api/v1/tasks/{id}/decision" -> Map.of("decision", "fail");
            case "/api/v1/workflows/{id}/migrations", "/api/v1/workflows/{id}/migrations/preview" ->
                Map.of("toVersion", 1, "runIds", List.of(hidden.waiting));
            case "/api/v1/workflows/{id}/run" -> Map.of("version", 1);
            default -> Map.of();
        };
    }

    private List<Operation> operations() {
        var found = new ArrayList<Operation>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            for (var pattern : info.getPatternValues()) {
                if (pattern.startsWith("/api/v1/")) {
                    info.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> found.add(new Operation(method.name(), pattern)));
                }
            }
        });
        return found;
    }
}
