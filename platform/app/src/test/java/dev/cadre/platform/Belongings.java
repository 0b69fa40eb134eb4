package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An organization that has one of everything there is, under names and ids that occur nowhere else: whoever sees one of them
 * has seen something of this organization.
 */
final class Belongings {

    private static final String V1 = "/api/v1";

    /** What is in every path of these is the installation's, the same for every organization. */
    private static final List<String> OF_THE_INSTALLATION = List.of(V1 + "/plugins/", V1 + "/templates/");

    private static final String DOMAIN = ".example.com";

    /** In the name of everything that can have one. */
    final String mark = "mark-" + UUID.randomUUID();

    final TestUser owner;
    final String webhook;
    private final Map<String, List<String>> byPath = new LinkedHashMap<>();

    Belongings(int port) {
        owner = TestUser.register(port);
        owner.patch(V1 + "/organizations/" + owner.organization(), Map.of("name", mark));
        webhook = "hook/" + mark;
        people();
        keys();
        // an event has no place in the chain in its first second
        await().until(() ->
                owner.get(V1 + "/audit-events").json().at("/items/0/position").isNumber());
        put("/audit-events/", first("/audit-events"));
        put("/projects/", made("/projects", Map.of("name", mark)));
        var waiting = workflow(Bpmn.manual()
                .approval("ask", "{\"title\":\"" + mark + "?\"}")
                .end("done")
                .flow("start", "ask", "done"));
        var failing = workflow(Bpmn.manual()
                .approval("ask", "{\"title\":\"{{ trigger.nothing }}\"}")
                .end("done")
                .flow("start", "ask", "done"));
        var hooked = workflow(Bpmn.webhook(webhook, "immediately").end("done").flow("start", "done"));
        var scheduled = workflow(
                Bpmn.startedBy("schedule", "{\"every\":\"PT24H\"}").end("done").flow("start", "done"));
        put("/triggers/schedules/", scheduled);
        put("/workflows/", waiting, hooked, scheduled);
        var runs = new TestRuns(owner);
        var run = runs.startedOf(waiting, Map.of("note", mark));
        var failed = runs.startedOf(failing, Map.of());
        runs.ended(failed);
        put("/runs/", run, failed);
        await().until(() ->
                owner.get(V1 + "/approvals?open=true").json().path("items").size() == 1);
        put("/approvals/", first("/approvals?open=true"));
        put("/tasks/", runs.tasks(run).get(0).path("id").asString());
        var secret = Map.of("kind", "hmac", "secret", "secret-" + mark);
        put("/projects/", made("/projects", Map.of("name", mark.substring(0, 30))));
        put("/connections/", made("/connections", Map.of("name", mark, "type", "webhook-secret", "values", secret)));
    }

    private void people() {
        put("/organizations/", owner.organization());
        // what is said there to strangers must be the same for every organization
        byPath.put("/auth/sso/callback/", List.of(owner.organization()));
        byPath.put("/auth/sso/logout/", List.of(owner.organization()));
        var domain = owner.post(V1 + "/organizations/sso/domains", Map.of("domain", mark + DOMAIN));
        assertThat(domain.status()).as(domain.body()).isEqualTo(201);
        put("/organizations/sso/domains/", mark + DOMAIN);
        put("/me/sessions/", first("/me/sessions"));
        var role = made("/roles", Map.of("name", mark.substring(0, 30), "permissions", List.of("workflow:read")));
        put("/roles/", role);
        put("/organizations/members/", owner.colleague(role).id());
        var guest = owner.post(V1 + "/organizations/members", Map.of("email", mark + "@example.com", "role", "viewer"));
        assertThat(guest.status()).as(guest.body()).isEqualTo(201);
        put("/organizations/invitations/", first("/organizations/invitations"));
    }

    private void keys() {
        put("/service-accounts/", made("/service-accounts", Map.of("name", mark, "role", "viewer")));
        var key = owner.post(V1 + "/api-keys", Map.of("name", mark, "scopes", List.of("workflow:read")));
        assertThat(key.status()).as(key.body()).isEqualTo(201);
        put("/api-keys/", key.json().at("/apiKey/id").asString());
    }

    private void put(String path, String... ids) {
        byPath.put(V1 + path, List.of(ids));
    }

    private String made(String path, Object body) {
        var answer = owner.post(V1 + path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private String first(String list) {
        return owner.get(V1 + list).json().path("items").get(0).path("id").asString();
    }

    private String workflow(Bpmn bpmn) {
        var id = made("/workflows", Map.of("name", mark, "bpmnXml", bpmn.xml()));
        assertThat(owner.post(V1 + "/workflows/" + id + "/publish", Map.of()).status())
                .isEqualTo(200);
        return id;
    }

    /** The ids that the paths below this one ({@code /runs/}) take. */
    List<String> ids(String path) {
        return byPath.get(V1 + path);
    }

    String id(String path) {
        return ids(path).getFirst();
    }

    List<String> allIds() {
        return byPath.values().stream().flatMap(List::stream).toList();
    }

    /** What of this organization a text shows. */
    List<String> shownBy(String text) {
        var shown = new ArrayList<>(allIds().stream().filter(text::contains).toList());
        if (text.contains(mark.substring(0, 30))) {
            shown.add(mark);
        }
        return shown;
    }

    /** An id of the same kind that nothing has. */
    static String madeUp(String id) {
        return id.endsWith(DOMAIN)
                ? UUID.randomUUID() + DOMAIN
                : UUID.randomUUID().toString();
    }

    static boolean isOfTheInstallation(ApiOperation operation) {
        return OF_THE_INSTALLATION.stream().anyMatch(operation.path()::startsWith);
    }

    /** The ids that the first variable of the operation's path takes; empty where it has none or this knows none. */
    List<String> idsFor(ApiOperation operation) {
        int variable = operation.path().indexOf('{');
        return variable < 0 ? List.of() : byPath.getOrDefault(operation.path().substring(0, variable), List.of());
    }

    /** The operation's path with something of this organization in it. */
    Optional<String> anyIn(ApiOperation operation) {
        return idsFor(operation).stream().findFirst().map(id -> filled(operation, id));
    }

    /** The operation's path with an id in it, and what else it takes of what is there. */
    String filled(ApiOperation operation, String id) {
        return operation
                .path()
                .replaceFirst("\\{[^}]+}", id)
                .replace("{userId}", id("/organizations/members/"))
                .replace("{elementId}", "ask")
                .replace("{version}", "1");
    }
}
