package dev.cadre.platform.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every template is valid as it is, and can be published. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TemplateDeploymentIT {

    @LocalServerPort
    int port;

    @Autowired
    Templates templates;

    @Test
    void theHubCarriesTheTemplates() {
        assertThat(templates.all())
                .extracting(WorkflowTemplate::id)
                .contains(
                        "order-total",
                        "webhook-branch-respond",
                        "parallel-enrichment",
                        "support-triage",
                        "nightly-report",
                        "lead-scoring",
                        "approve-payment",
                        "claim-triage",
                        "order-with-undo",
                        "support-agent");
        assertThat(templates.all()).allSatisfy(template -> {
            assertThat(template.bpmnXml()).contains("BPMNDiagram");
            assertThat(template.exampleInput()).isInstanceOf(Map.class);
            assertThat(template.stepTypes()).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> isPublishedAsItIsAndTwice() {
        var user = TestUser.register(port);
        var other = TestUser.register(port);
        return templates.all().stream()
                .map(template -> DynamicTest.dynamicTest(template.id(), () -> {
                    publish(user, template);
                    publish(user, template);
                    publish(other, template);
                }));
    }

    private static void publish(TestUser user, WorkflowTemplate template) {
        var used = user.post("/api/v1/templates/" + template.id() + "/use", Map.of());
        assertThat(used.status()).as(used.body()).isEqualTo(201);
        var path = "/api/v1/workflows/" + used.json().path("id").asString();
        var checked = user.post(path + "/validate", Map.of()).json();
        assertThat(checked.path("problems").toString()).isEqualTo("[]");
        var published = user.post(path + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
    }

    @Test
    void answersAtAPathOfItsOwn() {
        var user = TestUser.register(port);
        var template = templates.find("order-total").orElseThrow();
        publish(user, template);
        publish(user, template);

        var paths = user.get("/api/v1/triggers").json().path("items").findValuesAsString("path");

        assertThat(paths).hasSize(2).doesNotHaveDuplicates().allMatch(path -> path.matches("orders-[2-9a-z]{10}"));
        assertThat(paths)
                .allSatisfy(path -> assertThat(TestUser.nobody(port)
                                .post("/hooks/" + path, template.exampleInput())
                                .body())
                        .isEqualTo("{\"order\":\"A1\",\"total\":50}"));
    }

    @Test
    void givesAWorkflowItsOwnName() {
        var user = TestUser.register(port);

        var used = user.post("/api/v1/templates/order-total/use", Map.of("name", "My orders"));
        assertThat(used.json().path("name").asString()).isEqualTo("My orders");
        assertThat(user.post("/api/v1/templates/nope/use", Map.of()).status()).isEqualTo(404);
        assertThat(user.get("/api/v1/templates").json().path("items").size()).isGreaterThanOrEqualTo(6);
        assertThat(user.get("/api/v1/templates/order-total").json().path("name").asString())
                .isEqualTo("Order total");
    }
}
