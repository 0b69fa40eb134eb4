package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.WebClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Two people who listen at one path, and what ends a listening. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ListeningIT {

    @LocalServerPort
    int port;

    private final String path = "listen/" + UUID.randomUUID();
    private TestUser ada;
    private TestUser caller;
    private WebClient watching;

    @BeforeEach
    void signUp() {
        ada = TestUser.register(port);
        caller = TestUser.nobody(port);
    }

    @AfterEach
    void hangUp() {
        if (watching != null) {
            watching.close();
        }
    }

    @Test
    void aColleagueIsToldWhoListensAndTakesOverOnlyWhenAsked() throws Exception {
        var colleague = ada.colleague("member");
        var first = create(ada, "Orders");
        var second = create(colleague, "Orders anew");
        assertThat(listen(ada, first, "").status()).isEqualTo(200);

        var refused = listen(colleague, second, "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("webhook-listening-taken");
        assertThat(refused.json().path("detail").asString()).contains("Ada", "\"Orders\"", path, "takeOver");
        assertThat(refused.json().path("workflowId").asString()).isEqualTo(first);
        assertThat(workflowOfCall()).isEqualTo(first);

        follow(ada);
        assertThat(listen(colleague, second, "?takeOver=true").status()).isEqualTo(200);

        assertThat(workflowOfCall()).isEqualTo(second);
        assertEnded(first, "taken-over", "Ada");
    }

    @Test
    void anotherOrganizationLearnsNothingOfWhoListens() {
        var first = create(ada, "Secret plan");
        listen(ada, first, "");
        var stranger = TestUser.register(port);

        var refused = listen(stranger, create(stranger, "Mine"), "?takeOver=true");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("webhook-listening-taken");
        assertThat(refused.body()).doesNotContain("Ada", "Secret plan", first, ada.organization());
        assertThat(workflowOfCall()).isEqualTo(first);
    }

    @Test
    void listeningAgainToTheSameWorkflowIsNoTakeover() {
        var workflow = create(ada, "Orders");
        listen(ada, workflow, "");

        assertThat(listen(ada.colleague("member"), workflow, "").status()).isEqualTo(200);
        assertThat(workflowOfCall()).isEqualTo(workflow);
    }

    @Test
    void deletingTheWorkflowEndsItsListening() throws Exception {
        var workflow = create(ada, "Orders");
        listen(ada, workflow, "");
        follow(ada);

        assertThat(ada.delete("/api/v1/workflows/" + workflow, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(204);

        var answer = caller.post("/hooks-test/" + path, Map.of());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("code").asString()).isEqualTo("webhook-not-listening");
        assertEnded(workflow, "deleted", "");
        var next = create(ada, "Next");
        assertThat(listen(ada, next, "").status()).isEqualTo(200);
    }

    @Test
    void stoppingIsToldToEverybodyWhoWatches() throws Exception {
        var workflow = create(ada, "Orders");
        listen(ada, workflow, "");
        follow(ada);

        ada.delete("/api/v1/workflows/" + workflow + "/listen");

        assertEnded(workflow, "stopped", "Ada");
    }

    @Test
    void anotherMethodIsNotAllowedRatherThanNotFound() {
        listen(ada, create(ada, "Orders"), "");

        var answer = caller.get("/hooks-test/" + path);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.json().path("code").asString()).isEqualTo("method-not-allowed");
    }

    private String workflowOfCall() {
        var answer = caller.post("/hooks-test/" + path, Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ada.get("/api/v1/runs/" + answer.header("X-Cadre-Run-Id"))
                .json()
                .path("workflowId")
                .asString();
    }

    private TestUser.Answer listen(TestUser user, String workflow, String query) {
        return user.post("/api/v1/workflows/" + workflow + "/listen" + query, Map.of());
    }

    private String create(TestUser user, String name) {
        var xml = Bpmn.webhook(path, "last-step")
                .end("done")
                .flow("start", "done")
                .xml();
        var created = user.post("/api/v1/workflows", Map.of("name", name, "bpmnXml", xml));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private void assertEnded(String workflow, String why, String by) {
        await().untilAsserted(() -> assertThat(watching.heard()).anySatisfy(text -> {
            var event = JsonMapper.shared().readTree(text);
            assertThat(event.path("type").asString()).isEqualTo("listen-ended");
            assertThat(event.path("workflowId").asString()).isEqualTo(workflow);
            assertThat(event.path("status").asString()).isEqualTo(why);
            assertThat(event.path("by").asString("")).isEqualTo(by);
        }));
    }

    /** Until the server sends this user what happens, which a run of their own shows. */
    private void follow(TestUser user) throws Exception {
        var xml = Bpmn.manual().end("done").flow("start", "done").xml();
        var probe = user.post("/api/v1/workflows", Map.of("name", "probe", "bpmnXml", xml))
                .json()
                .path("id")
                .asString();
        watching = WebClient.connect(port, user.token());
        await().until(() -> {
            user.post("/api/v1/workflows/" + probe + "/run", Map.of("version", "draft"));
            return !watching.heard().isEmpty();
        });
    }
}
