package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A project with one of everything that hangs on a workflow, who is in it, and who may do the same but is not. */
final class HiddenProject {

    static final String ASKING = "{\"title\":\"Pay?\"}";

    final TestUser owner;
    final TestUser member;
    final TestUser outsider;
    final String id;
    final String connection;
    /** Waits for an approval, then for a message. */
    final String workflow;

    final String waiting;
    final String approval;
    final String failed;
    final String schedule;
    final String hook;
    /** Of the whole organization. */
    final String shared;
    /** A run of it that the project's workflow has called. */
    final String called;

    final String calling;

    HiddenProject(int port) {
        owner = TestUser.register(port);
        id = owner.post("/api/v1/projects", Map.of("name", "Billing"))
                .json()
                .path("id")
                .asString();
        var role = owner.post("/api/v1/roles", Map.of("name", "Everything else", "permissions", allButAllProjects()));
        assertThat(role.status()).as(role.body()).isEqualTo(201);
        member = owner.colleague(role.json().path("id").asString());
        outsider = owner.colleague(role.json().path("id").asString());
        assertThat(owner.put("/api/v1/projects/" + id + "/members/" + member.id(), Map.of())
                        .status())
                .isEqualTo(204);
        connection = connection("Bank " + id);
        workflow = published(
                id,
                Bpmn.manual()
                        .approval("ask", ASKING)
                        .end("end", "{\"paid\":true}")
                        .flow("start", "ask", "end"));
        waiting = started(workflow);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> approvals(member, waiting).size() == 1);
        approval = approvals(member, waiting).getFirst();
        failed = new TestRuns(member)
                .ended(started(published(
                        id,
                        Bpmn.manual()
                                .step("break", "calculator", "{\"expression\":\"1 +\"}")
                                .end("end")
                                .flow("start", "break", "end"))))
                .path("id")
                .asString();
        schedule = published(
                id,
                Bpmn.startedBy("schedule", "{\"every\":\"PT6H\"}").end("end").flow("start", "end"));
        hook = published(
                id,
                Bpmn.webhook("hidden-" + id, "last-step")
                        .end("end", "{\"ok\":true}")
                        .flow("start", "end"));
        shared = published(
                null,
                Bpmn.manual()
                        .step("twice", "calculator", "{\"expression\":\"2 * 2\"}")
                        .end("end", "{\"n\":\"{{ trigger }}\"}")
                        .flow("start", "twice", "end"));
        calling = published(
                id,
                Bpmn.manual()
                        .call("call", shared, "published", "{\"n\":1}")
                        .end("end", "{\"run\":\"{{ steps.call.runId }}\"}")
                        .flow("start", "call", "end"));
        called = new TestRuns(member)
                .ended(started(calling))
                .path("output")
                .path("run")
                .asString();
    }

    /** Everything but to see all projects, so that nothing is refused for want of a permission. */
    private static List<String> allButAllProjects() {
        return Arrays.stream(Permission.values())
                .filter(permission -> permission != Permission.PROJECT_ALL
                        && permission.companion().isEmpty()
                        && !permission.concernsInstallation())
                .map(Permission::text)
                .toList();
    }

    private String connection(String name) {
        var created = member.post(
                "/api/v1/connections",
                Map.of(
                        "name",
                        name,
                        "type",
                        "webhook-secret",
                        "projectId",
                        id,
                        "values",
                        Map.of("kind", "hmac", "secret", "a secret of sixteen letters")));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().path("projectId").asString()).isEqualTo(id);
        return created.json().path("id").asString();
    }

    String published(String project, Bpmn bpmn) {
        var body = new HashMap<String, Object>(Map.of("name", "Invoices", "bpmnXml", bpmn.xml()));
        body.put("projectId", project);
        var created = member.post("/api/v1/workflows", body);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var made = created.json().path("id").asString();
        var published = member.post("/api/v1/workflows/" + made + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        return made;
    }

    String started(String of) {
        return new TestRuns(member).startedOf(of, Map.of());
    }

    static List<String> approvals(TestUser user, String run) {
        return user.get("/api/v1/approvals?open=true")
                .json()
                .path("items")
                .valueStream()
                .filter(it -> it.path("runId").asString().equals(run))
                .map(it -> it.path("id").asString())
                .toList();
    }
}
