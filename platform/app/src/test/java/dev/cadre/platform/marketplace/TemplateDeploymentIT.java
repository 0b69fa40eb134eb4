package dev.cadre.platform.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.util.Map;
import java.util.UUID;
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
                        "approve-payment");
        assertThat(templates.all()).allSatisfy(template -> {
            assertThat(template.bpmnXml()).contains("BPMNDiagram");
            assertThat(template.exampleInput()).isInstanceOf(Map.class);
            assertThat(template.stepTypes()).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> isPublishedAsItIs() {
        var user = TestUser.register(port);
        return templates.all().stream()
                .map(template -> DynamicTest.dynamicTest(template.id(), () -> {
                    var used = user.post("/api/v1/templates/" + template.id() + "/use", Map.of());
                    assertThat(used.status()).as(used.body()).isEqualTo(201);
                    var path = "/api/v1/workflows/" + used.json().path("id").asString();
                    // a path of its own: other tests use the same database and may have taken the template's
                    var xml = template.bpmnXml().replaceFirst("\"path\": *\"", "\"path\":\"" + UUID.randomUUID() + "/");
                    var saved = user.put(
                            path,
                            Map.of("name", template.name(), "description", "", "bpmnXml", xml),
                            "If-Match",
                            "\"1\"");
                    assertThat(saved.status()).as(saved.body()).isEqualTo(200);
                    var checked = user.post(path + "/validate", Map.of()).json();
                    assertThat(checked.path("problems").toString()).isEqualTo("[]");
                    var published = user.post(path + "/publish", Map.of());
                    assertThat(published.status()).as(published.body()).isEqualTo(200);
                }));
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
