package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Approvals that ask who has a role of the organization's own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CustomRoleApprovalIT {

    @LocalServerPort
    int port;

    private final Set<String> seen = new HashSet<>();
    private TestUser owner;
    private JsonNode finance;
    private TestUser fiona;
    private TestUser sam;

    @BeforeEach
    void twoRoles() {
        owner = TestUser.register(port);
        finance = role("Finance");
        fiona = owner.colleague(finance.path("role").asString());
        sam = owner.colleague(role("Sales").path("role").asString());
    }

    @Test
    void whoHasTheNamedRoleDecidesAndNobodyElse() {
        var asked = asked("role:FINANCE");

        for (var other : List.of(sam, owner, owner.colleague("admin"))) {
            assertThat(mayDecide(other, asked)).isFalse();
            var refused = decide(other, asked);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("code").asString()).isEqualTo("approval-not-yours");
        }
        assertThat(mayDecide(fiona, asked)).isTrue();
        assertThat(decide(fiona, asked).status()).isEqualTo(200);
    }

    @Test
    void anIdMeansTheRoleWhateverItIsCalled() {
        var byId = asked("role:" + finance.path("id").asString());
        var byName = asked("role:Finance");
        var path = "/api/v1/roles/" + finance.path("id").asString();
        var renamed = Map.of("name", "Treasury", "permissions", finance.path("permissions"));
        assertThat(owner.put(path, renamed, "If-Match", owner.get(path).header("ETag"))
                        .status())
                .isEqualTo(200);

        assertThat(mayDecide(sam, byId)).isFalse();
        assertThat(mayDecide(fiona, byName))
                .as("nobody has a role of that name now")
                .isFalse();
        assertThat(decide(fiona, byName).status()).isEqualTo(403);
        assertThat(decide(fiona, byId).status()).isEqualTo(200);
    }

    @Test
    void whoLosesTheRoleOrItsPermissionDecidesNoMore() {
        var asked = asked("role:finance");
        owner.patch("/api/v1/organizations/members/" + fiona.id(), Map.of("role", "admin"));
        assertThat(decide(fiona, asked).status()).isEqualTo(403);

        owner.patch("/api/v1/organizations/members/" + fiona.id(), Map.of("role", finance.path("id")));
        var path = "/api/v1/roles/" + finance.path("id").asString();
        var weaker = Map.of("name", "Finance", "permissions", List.of("run:read"));
        owner.put(path, weaker, "If-Match", owner.get(path).header("ETag"));
        assertThat(mayDecide(fiona, asked)).isFalse();
        assertThat(decide(fiona, asked).json().path("code").asString()).isEqualTo("forbidden");
    }

    @Test
    void aRoleOfTheSameNameElsewhereCountsForNothing() {
        var asked = asked("role:finance");
        var stranger = TestUser.register(port);
        var theirs = stranger.post(
                        "/api/v1/roles",
                        Map.of("name", "Finance", "permissions", List.of("run:read", "approval:decide")))
                .json();
        var outsider = stranger.colleague(theirs.path("role").asString());
        assertThat(decide(outsider, asked).status()).isEqualTo(404);
    }

    private JsonNode role(String name) {
        var made = owner.post(
                "/api/v1/roles", Map.of("name", name, "permissions", List.of("run:read", "approval:decide")));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    /** Id of an approval that asks these. */
    private String asked(String assignee) {
        new TestRuns(owner)
                .started(
                        Bpmn.manual()
                                .approval("ask", "{\"title\":\"Pay?\",\"assignees\":[\"" + assignee + "\"]}")
                                .end("done")
                                .flow("start", "ask", "done"),
                        Map.of());
        var open = "/api/v1/approvals?open=true";
        await().until(() -> owner.get(open).json().path("items").size() > seen.size());
        var id = owner.get(open)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .filter(seen::add)
                .findFirst();
        return id.orElseThrow();
    }

    private static boolean mayDecide(TestUser user, String approval) {
        return user.get("/api/v1/approvals/" + approval)
                .json()
                .path("canDecide")
                .asBoolean();
    }

    private static TestUser.Answer decide(TestUser user, String approval) {
        return user.post("/api/v1/approvals/" + approval + "/decision", Map.of("decision", "approve"));
    }
}
