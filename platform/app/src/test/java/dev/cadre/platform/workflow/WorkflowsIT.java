package dev.cadre.platform.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WorkflowsIT {

    private static final String URL = "/api/v1/workflows";

    @LocalServerPort
    int port;

    @Autowired
    Workflows workflows;

    private TestUser ada;

    @BeforeEach
    void signUp() {
        ada = TestUser.register(port);
    }

    private static String bpmn(String path) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>\r
                <!-- kept -->
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev">
                  <process id="order-total" isExecutable="true">
                    <startEvent id="received"><extensionElements><cadre:trigger use="webhook">{"path":"%s","respond":"last-step"}</cadre:trigger></extensionElements></startEvent>
                    <sequenceFlow id="f1" sourceRef="received" targetRef="total"/>
                    <serviceTask id="total" name="Grüße 日本 😀"><extensionElements><cadre:step use="calculator">{"expression":"{{ trigger.body.price }} * 2"}</cadre:step></extensionElements></serviceTask>
                    <sequenceFlow id="f2" sourceRef="total" targetRef="done"/>
                    <endEvent id="done"/>
                  </process>
                </definitions>
                """.formatted(path);
    }

    private JsonNode create(String name, String xml) {
        var body = new HashMap<String, Object>(Map.of("name", name));
        if (xml != null) {
            body.put("bpmnXml", xml);
        }
        var answer = ada.post(URL, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        return answer.json();
    }

    private static String path(JsonNode workflow) {
        return URL + "/" + workflow.path("id").asString();
    }

    @Test
    void keepsTheFileByteForByte() {
        var created = create("Orders", bpmn("kept"));
        var read = ada.get(path(created)).json();

        assertThat(read.path("bpmnXml").asString()).isEqualTo(bpmn("kept"));
        assertThat(read.path("trigger").path("use").asString()).isEqualTo("webhook");
        assertThat(read.path("trigger").path("path").asString()).isEqualTo("kept");
        assertThat(read.path("publishedVersion").isNull()).isTrue();
    }

    @Test
    void startsWithAnEmptyDrawingThatIsNotYetValid() {
        var created = create("New", null);
        var checked = ada.post(path(created) + "/validate", Map.of()).json();

        assertThat(checked.path("valid").asBoolean()).isFalse();
        assertThat(checked.path("problems").toString()).contains("no-end");
        var published = ada.post(path(created) + "/publish", Map.of());
        assertThat(published.status()).isEqualTo(422);
        assertThat(published.json().path("code").asString()).isEqualTo("workflow-invalid");
        assertThat(published.json().path("problems").get(0).path("severity").asString())
                .isEqualTo("error");
    }

    @Test
    void savesOnlyWhatWasReadBefore() {
        var created = create("Orders", bpmn("a"));
        var changed = Map.of("name", "Orders 2", "description", "", "bpmnXml", bpmn("b"));

        assertThat(ada.put(path(created), changed).status()).isEqualTo(428);
        assertThat(ada.put(path(created), changed, "If-Match", "\"7\"").status())
                .isEqualTo(412);
        var saved = ada.put(path(created), changed, "If-Match", "\"1\"");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.header("ETag")).isEqualTo("\"2\"");
        assertThat(ada.put(path(created), changed, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(ada.delete(path(created)).status()).isEqualTo(428);
        assertThat(ada.delete(path(created), "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(ada.delete(path(created), "If-Match", "\"2\"").status()).isEqualTo(204);
        assertThat(ada.get(path(created)).status()).isEqualTo(404);
    }

    @Test
    void publishesVersionsOfRevisions() {
        var created = create("Orders", bpmn("v" + UUID.randomUUID()));
        assertThat(ada.post(path(created) + "/publish", Map.of())
                        .json()
                        .path("publishedVersion")
                        .asInt())
                .isEqualTo(1);
        assertThat(ada.post(path(created) + "/publish", Map.of())
                        .json()
                        .path("publishedVersion")
                        .asInt())
                .isEqualTo(1);

        var other = bpmn("w" + UUID.randomUUID());
        ada.put(path(created), Map.of("name", "Orders", "description", "", "bpmnXml", other), "If-Match", "\"1\"");
        assertThat(ada.get(path(created)).json().path("changesNotLive").asBoolean())
                .isTrue();
        assertThat(ada.post(path(created) + "/publish", Map.of())
                        .json()
                        .path("publishedVersion")
                        .asInt())
                .isEqualTo(2);

        var versions = ada.get(path(created) + "/versions").json().path("items");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(versions.get(0).path("version").asInt()).isEqualTo(2);
        assertThat(versions.get(0).path("publishedBy").path("name").asString()).isEqualTo("Ada");
        assertThat(ada.get(path(created) + "/versions/2").json().path("bpmnXml").asString())
                .isEqualTo(other);
        assertThat(ada.get(path(created) + "/versions/3").status()).isEqualTo(404);

        var organization = new OrganizationId(UUID.fromString(ada.organization()));
        var id = new WorkflowId(UUID.fromString(created.path("id").asString()));
        assertThat(workflows.published(organization, id).version()).isEqualTo(2);
        assertThat(workflows.version(organization, id, 1).revision()).isEqualTo(1);
        assertThat(workflows.revision(organization, id, 2).find("total")).isPresent();
        assertThatThrownBy(() -> workflows.version(organization, id, 9)).isInstanceOf(WorkflowException.class);
    }

    @Test
    void triesAStepOfADraftThatHasErrorsElsewhere() {
        var created = create("Unfinished", bpmn("t").replace("<endEvent id=\"done\"/>", "<userTask id=\"done\"/>"));
        assertThat(ada.post(path(created) + "/validate", Map.of())
                        .json()
                        .path("valid")
                        .asBoolean())
                .isFalse();

        var tried = ada.post(
                path(created) + "/steps/total/test",
                Map.of("input", Map.of("trigger", Map.of("body", Map.of("price", 21)))));

        assertThat(tried.status()).as(tried.body()).isEqualTo(200);
        assertThat(tried.json().path("output").path("result").asInt()).isEqualTo(42);
    }

    @Test
    void listsTheNewestFirstAndSearches() {
        create("Alpha", bpmn("l1"));
        create("Beta 100%", bpmn("l2"));
        create("Gamma", bpmn("l3"));

        var first = ada.get(URL + "?limit=2").json();
        assertThat(first.path("items").get(0).path("name").asString()).isEqualTo("Gamma");
        assertThat(first.path("items").get(0).has("bpmnXml")).isFalse();
        var second = ada.get(URL + "?limit=2&cursor=" + first.path("nextCursor").asString())
                .json();
        assertThat(second.path("items").size()).isEqualTo(1);
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(ada.get(URL + "?q=beta").json().path("items").size()).isEqualTo(1);
        assertThat(ada.get(URL + "?q=%25").json().path("items").size()).isEqualTo(1);
    }

    @Test
    void neverReturnsAnotherOrganizationsRows() {
        var created = create("Secret", bpmn("s" + UUID.randomUUID()));
        ada.post(path(created) + "/publish", Map.of());
        var eve = TestUser.register(port);
        var change = Map.of("name", "Mine", "description", "", "bpmnXml", bpmn("x"));

        assertThat(eve.get(URL).json().path("items").size()).isZero();
        assertThat(eve.get(path(created)).status()).isEqualTo(404);
        assertThat(eve.put(path(created), change, "If-Match", "*").status()).isEqualTo(404);
        assertThat(eve.delete(path(created), "If-Match", "*").status()).isEqualTo(404);
        assertThat(eve.get(path(created) + "/versions").status()).isEqualTo(404);
        assertThat(eve.get(path(created) + "/versions/1").status()).isEqualTo(404);
        assertThat(eve.post(path(created) + "/validate", Map.of()).status()).isEqualTo(404);
        assertThat(eve.post(path(created) + "/publish", Map.of()).status()).isEqualTo(404);
        var theirs = new OrganizationId(UUID.fromString(eve.organization()));
        var id = new WorkflowId(UUID.fromString(created.path("id").asString()));
        assertThatThrownBy(() -> workflows.revision(theirs, id, 1)).isInstanceOf(WorkflowException.class);
        assertThatThrownBy(() -> workflows.version(theirs, id, 1)).isInstanceOf(WorkflowException.class);
        assertThatThrownBy(() -> workflows.bpmn(theirs, id, 1)).isInstanceOf(WorkflowException.class);
        assertThat(ada.get(path(created)).json().path("name").asString()).isEqualTo("Secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "<a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\u0000</definitions>",
                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>"
            })
    void refusesFilesThatAreNoWorkflow(String xml) {
        assertThat(ada.post(URL, Map.of("name", "x", "bpmnXml", xml)).status()).isEqualTo(422);
        assertThat(ada.post(URL + "/validate", Map.of("bpmnXml", xml)).status()).isEqualTo(422);
    }

    @Test
    void refusesWhatIsTooLargeOrNamedWrongly() {
        assertThat(ada.post(URL, Map.of("name", "x", "bpmnXml", "<a>" + "x".repeat(10_000_000) + "</a>"))
                        .status())
                .isEqualTo(413);
        assertThat(ada.post(URL, Map.of("name", " ", "bpmnXml", bpmn("x"))).status())
                .isEqualTo(422);
        assertThat(ada.post(URL, Map.of("name", "x".repeat(201))).status()).isEqualTo(422);
        assertThat(ada.post(URL, Map.of("name", "a\u0000b")).status()).isEqualTo(422);
        assertThat(ada.post(URL, Map.of("name", "x", "description", "a\u0000b")).status())
                .isEqualTo(422);
        assertThat(ada.post(URL, Map.of()).status()).isEqualTo(422);
        assertThat(ada.get(URL + "/not-a-uuid").status()).isIn(400, 404);
        assertThat(ada.get(URL + "?q=%00").status()).isEqualTo(422);
    }
}
