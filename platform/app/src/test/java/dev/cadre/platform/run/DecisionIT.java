package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.decision.Dmn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Decision tables in workflows, over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DecisionIT {

    private static final String INPUTS = "{\"amount\":\"{{ trigger.amount }}\",\"tier\":\"{{ trigger.tier }}\"}";

    private static final String TABLE = Dmn.table("UNIQUE")
            .input("amount", "number")
            .input("tier", "string")
            .output("discount", "number")
            .rule("< 100", "-", "0")
            .rule(">= 100", "\"gold\"", "0.1")
            .rule("> 1000", "-", "0.2")
            .xml();

    @LocalServerPort
    int port;

    TestUser owner;
    TestRuns runs;

    @BeforeEach
    void start() {
        owner = TestUser.register(port);
        runs = new TestRuns(owner);
    }

    private static Bpmn deciding(String inputs, String table, String... attributes) {
        return Bpmn.manual()
                .decision("decide", inputs, table, String.join(" ", attributes))
                .end("done", "{\"discount\":\"{{ steps.decide.discount }}\",\"rules\":\"{{ steps.decide.rules }}\"}")
                .flow("start", "decide", "done");
    }

    @Test
    void decidesAndKeepsInputsOutputAndRulesInTheJournal() {
        var run = runs.finished(deciding(INPUTS, TABLE), Map.of("amount", 250, "tier", "gold"));

        assertThat(run.path("output").toString()).isEqualTo("{\"discount\":0.1,\"rules\":[2]}");
        var task = runs.tasks(run).get(0);
        assertThat(task.path("stepType").asString()).isEqualTo("decision-table");
        assertThat(task.path("input").path("inputs").toString()).isEqualTo("{\"amount\":250,\"tier\":\"gold\"}");
        assertThat(task.path("input").toString()).doesNotContain("definitions");
        assertThat(task.path("output").path("result").asDouble()).isEqualTo(0.1);
        assertThat(task.path("output").path("rules").toString()).isEqualTo("[2]");
    }

    @Test
    void givesNullWhenNoRuleMatchesUnlessOneIsRequired() {
        var none = Map.of("amount", 250, "tier", "lead");
        var run = runs.finished(deciding(INPUTS, TABLE), none);
        assertThat(run.path("output").path("rules").size()).isZero();
        assertThat(run.path("output").path("discount").isNull()).isTrue();

        var failed = runs.finished(deciding(INPUTS, TABLE, "required='true'"), none);
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("code").asString()).isEqualTo("NO_RULE_MATCHES");
    }

    @Test
    void leavesByTheErrorEventWhenSeveralRulesMatch() {
        var run = runs.finished(
                Bpmn.manual()
                        .decision("decide", INPUTS, TABLE, "")
                        .errorBoundary("unclear", "decide")
                        .end("done")
                        .end("asked", "{\"why\":\"{{ steps.decide.error.code }}\"}")
                        .flow("start", "decide", "done")
                        .flow("unclear", "asked"),
                Map.of("amount", 5_000, "tier", "gold"));
        assertThat(run.path("output").toString()).isEqualTo("{\"why\":\"SEVERAL_RULES_MATCH\"}");
    }

    @Test
    void decidesForEachItem() {
        var run = runs.finished(
                Bpmn.manual()
                        .decisionEach(
                                "decide", "{\"amount\":\"{{ item }}\",\"tier\":\"gold\"}", TABLE, "trigger.amounts")
                        .end("done", "{\"all\":\"{{ steps.decide.discount }}\"}")
                        .flow("start", "decide", "done"),
                Map.of("amounts", List.of(50, 500)));
        assertThat(run.path("output").toString()).isEqualTo("{\"all\":[0,0.1]}");
    }

    @Test
    void keepsTheFileByteForByte() {
        var xml = deciding(INPUTS, TABLE.replace("<rule>", "\n  <!-- why -->\n\t<rule>"))
                .xml();
        var created = owner.post("/api/v1/workflows", Map.of("name", "kept", "bpmnXml", xml));
        var read = owner.get("/api/v1/workflows/" + created.json().path("id").asString());
        assertThat(read.json().path("bpmnXml").asString()).isEqualTo(xml);
    }

    @Test
    void showsWhatIsWrongAtTheElementAndPublishesNothing() {
        var table = Dmn.table("PRIORITY")
                .input("amount", "number")
                .output("discount", "number")
                .rule("> gold", "0.1")
                .rule("matches(?, \"(a+)+\")", "0.1")
                .xml();
        var id = owner.post(
                        "/api/v1/workflows",
                        Map.of("name", "draft", "bpmnXml", deciding("{}", table).xml()))
                .json()
                .path("id")
                .asString();
        var problems = owner.post("/api/v1/workflows/" + id + "/validate", Map.of())
                .json()
                .path("problems");
        assertThat(problems.valueStream()
                        .filter(it -> it.path("elementId").asString().equals("decide")))
                .extracting(it -> it.path("code").asString())
                .contains("hit-policy-not-available", "feel-not-available");
        assertThat(owner.post("/api/v1/workflows/" + id + "/publish", Map.of()).status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<serviceTask id='t'><extensionElements><cadre:step use='decision-table'>{}</cadre:step></extensionElements></serviceTask> ; extension-misplaced",
                "<serviceTask id='t'><extensionElements><cadre:step use='transform'>{}</cadre:step><cadre:table>x</cadre:table></extensionElements></serviceTask> ; extension-misplaced",
                "<businessRuleTask id='t'><extensionElements><cadre:step use='transform'>{}</cadre:step></extensionElements></businessRuleTask> ; extension-misplaced",
                "<businessRuleTask id='t'/> ; step-missing",
                "<businessRuleTask id='t'><extensionElements><cadre:decision>{}</cadre:decision></extensionElements></businessRuleTask> ; step-missing",
                "<businessRuleTask id='t'><extensionElements><cadre:table>x</cadre:table><cadre:table>x</cadre:table></extensionElements></businessRuleTask> ; several-steps",
                "<businessRuleTask id='t'><extensionElements><cadre:table>x</cadre:table></extensionElements></businessRuleTask> ; invalid-decision",
                "<businessRuleTask id='t'><extensionElements><cadre:decision>[]</cadre:decision>TABLE</extensionElements></businessRuleTask> ; invalid-input",
                "<businessRuleTask id='t'><extensionElements><cadre:decision>{</cadre:decision>TABLE</extensionElements></businessRuleTask> ; invalid-json",
                "<businessRuleTask id='t'><extensionElements><cadre:decision required='perhaps'>{}</cadre:decision>TABLE</extensionElements></businessRuleTask> ; invalid-decision",
                "<businessRuleTask id='t'><extensionElements><cadre:decision>{}</cadre:decision>TABLE</extensionElements></businessRuleTask> ; unknown-decision-input",
                "<businessRuleTask id='t'><extensionElements><cadre:decision>{\"amount\":1,\"tier\":\"{{ steps.nowhere.x }}\"}</cadre:decision>TABLE</extensionElements></businessRuleTask> ; unknown-step",
                "<businessRuleTask id='t'><extensionElements><cadre:decision>{\"amount\":1,\"tier\":2,\"more\":3}</cadre:decision>TABLE</extensionElements></businessRuleTask> ; unused-input",
            })
    void saysWhatIsWrongWithADecision(String element, String code) {
        var table = "<cadre:table><![CDATA[" + TABLE + "]]></cadre:table>";
        var xml = Bpmn.manual()
                .end("done")
                .flow("start", "t", "done")
                .xml()
                .replace("</process>", element.replace("TABLE", table) + "</process>");
        var problems = owner.post("/api/v1/workflows/validate", Map.of("bpmnXml", xml))
                .json()
                .path("problems");
        assertThat(problems.valueStream()
                        .filter(it -> it.path("elementId").asString().equals("t")))
                .extracting(it -> it.path("code").asString())
                .contains(code);
    }

    @Test
    void triesATableThatIsNotSaved() {
        var id = runs.published(deciding(INPUTS, TABLE));
        var other = deciding(INPUTS, TABLE.replace("0.1", "0.15")).xml();
        var tried = owner.post(
                "/api/v1/workflows/" + id + "/steps/decide/test",
                Map.of("bpmnXml", other, "input", Map.of("trigger", Map.of("amount", 250, "tier", "gold"))));
        assertThat(tried.json().path("output").path("result").asDouble()).isEqualTo(0.15);
        assertThat(tried.json().path("output").path("rules").toString()).isEqualTo("[2]");
    }

    @Test
    void isListedAsAStep() {
        var types = owner.get("/api/v1/step-types").json().path("items");
        assertThat(types.valueStream().filter(it -> it.path("id").asString().equals("decision-table")))
                .singleElement()
                .satisfies(it -> assertThat(it.path("kind").asString()).isEqualTo("core"));
    }
}
