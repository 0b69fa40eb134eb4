package dev.cadre.platform.workflow.internal.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.workflow.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the compiler makes of files. */
class WorkflowCompilerTest extends CompilerTests {

    @Test
    void compilesTheExampleOfTheDialect() {
        var xml = process("""
                <startEvent id="received" name="Order received">
                  <extensionElements><cadre:trigger use="webhook">{"path":"orders","method":"POST","respond":"last-step"}</cadre:trigger></extensionElements>
                </startEvent>
                <sequenceFlow id="f1" sourceRef="received" targetRef="total"/>
                <serviceTask id="total" name="Add it up">
                  <extensionElements><cadre:step use="calculator">{"expression":"{{ trigger.body.price }} * {{ trigger.body.quantity }}"}</cadre:step>
                  <cadre:retry attempts="4" backoff="PT1S" multiplier="2" maxBackoff="PT1M"/><cadre:timeout>PT30S</cadre:timeout></extensionElements>
                </serviceTask>
                <sequenceFlow id="f2" sourceRef="total" targetRef="done"/>
                <endEvent id="done">
                  <extensionElements><cadre:output>{"order":"{{ trigger.body.id }}","total":"{{ steps.total.result }}"}</cadre:output></extensionElements>
                </endEvent>
                """);

        var result = compiler.compile(xml, new TestReferences(Set.of()));

        assertThat(result.problems()).isEmpty();
        var start = (Node.Start) result.body().find("received").orElseThrow();
        assertThat(start.use()).isEqualTo("webhook");
        var total = (Node.Step) result.body().find("total").orElseThrow();
        assertThat(total.name()).isEqualTo("Add it up");
        assertThat(total.policy().attempts()).isEqualTo(4);
        assertThat(total.policy().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(total.inputs().evaluate(Map.of("trigger", Map.of("body", Map.of("price", 12.5, "quantity", 4)))))
                .isEqualTo(Map.of("expression", "12.5 * 4"));
        var done = (Node.End) result.body().find("done").orElseThrow();
        assertThat(done.output()
                        .evaluate(Map.of(
                                "trigger",
                                Map.of("body", Map.of("id", "A1")),
                                "steps",
                                Map.of("total", Map.of("result", 50.0)))))
                .isEqualTo(Map.of("order", "A1", "total", 50));
    }

    @Test
    void compilesForEachSubProcessAndErrorBoundary() {
        var xml = around("""
                <subProcess id="g"><extensionElements><cadre:each in="{{ trigger.body.items }}" as="line"/></extensionElements>
                  <multiInstanceLoopCharacteristics isSequential="true"/>
                  <startEvent id="gs"/><endEvent id="ge"><extensionElements><cadre:output>{"x":"{{ line.x }}"}</cadre:output></extensionElements></endEvent>
                  <sequenceFlow id="gf" sourceRef="gs" targetRef="h"/>
                  <task id="h"><extensionElements><cadre:step use="http-request">{"q":"{{ line.x }}"}</cadre:step></extensionElements></task>
                  <sequenceFlow id="gf2" sourceRef="h" targetRef="ge"/>
                </subProcess>
                <boundaryEvent id="b" attachedToRef="g"><errorEventDefinition errorRef="e1"/></boundaryEvent>
                """ + flow("f1", "s", "g") + flow("f2", "g", "e") + flow("f3", "b", "e"));

        var result = compiler.compile(xml, new TestReferences(Set.of()));

        assertThat(result.problems()).isEmpty();
        var group = (Node.Group) result.body().find("g").orElseThrow();
        assertThat(group.each().as()).isEqualTo("line");
        assertThat(group.each().sequential()).isTrue();
        assertThat(((Node.Boundary) result.body().find("b").orElseThrow()).catching())
                .isEqualTo(new Node.Catching.Error("HTTP_404"));
    }

    @Test
    void acceptsBranchesWithConditionsAndDefault() {
        var xml = around("<exclusiveGateway id='x' default='f3'/>" + step("a") + flow("f1", "s", "x")
                + flow("f2", "x", "a", "{{ trigger.body.total > 100 }}") + flow("f3", "x", "e") + flow("f4", "a", "e"));

        assertThat(problems(xml)).isEmpty();
    }

    @Test
    void acceptsMessageStart() {
        assertThat(problems(process("<startEvent id='s'><messageEventDefinition/></startEvent><endEvent id='e'/>"
                        + flow("f", "s", "e"))))
                .isEmpty();
    }

    @Test
    void acceptsTimerStartsOfTheTriggerSchedule() {
        var schedule = "<cadre:trigger use='schedule'>{\"every\":\"PT1H\"}</cadre:trigger>";

        assertThat(problems(start("", schedule))).isEmpty();
        assertThat(problems(start("<timerEventDefinition/>", schedule))).isEmpty();
        finds(
                start("<timerEventDefinition><timeCycle>R/PT2H</timeCycle></timerEventDefinition>", schedule),
                "s",
                "not-executed");
        finds(start("<messageEventDefinition/>", schedule), "s", "event-not-available");
        finds(start("<timerEventDefinition/>", ""), "s", "schedule-missing");
        finds(
                start("<timerEventDefinition/>", "<cadre:trigger use='webhook'>{}</cadre:trigger>"),
                "s",
                "schedule-missing");
    }

    @Test
    void compilesEventSubProcessesCompensationsAndEndsThatTellSomething() {
        var result = compiler.compile(
                process("<startEvent id='s'/>" + step("t")
                        + step("undo").replace("id='undo'", "id='undo' isForCompensation='true'")
                        + "<boundaryEvent id='c' attachedToRef='t'><compensateEventDefinition/></boundaryEvent>"
                        + "<association id='a' sourceRef='c' targetRef='undo'/>"
                        + "<endEvent id='e'><extensionElements><cadre:output>{\"undone\":\"{{ steps.undo.value }}\"}</cadre:output>"
                        + "</extensionElements><compensateEventDefinition/></endEvent>"
                        + "<subProcess id='h' triggeredByEvent='true'><startEvent id='hs'><errorEventDefinition/></startEvent>"
                        + "<endEvent id='he'/>" + flow("hf", "hs", "he") + "</subProcess>" + flow("f", "s", "t")
                        + flow("f2", "t", "e")),
                new TestReferences(Set.of()));

        assertThat(result.problems()).isEmpty();
        assertThat(result.body().compensations()).singleElement().satisfies(compensation -> {
            assertThat(compensation.activity()).isEqualTo("t");
            assertThat(compensation.handler().id()).isEqualTo("undo");
        });
        assertThat(result.body().handlers()).singleElement().satisfies(handler -> {
            assertThat(handler.start().catching()).isEqualTo(new Node.Catching.Error(null));
            assertThat(handler.start().interrupting()).isTrue();
        });
        assertThat(result.body().find("e")).get().isInstanceOf(Node.Compensate.class);
    }

    @Test
    void acceptsAnAgentWithTools() {
        assertThat(problems(agent(TOOL))).isEmpty();
    }

    @Test
    void acceptsConnectionsThatExist() {
        assertThat(problems(task("<cadre:step use='slack-post' connection='team'>{}</cadre:step>")))
                .isEmpty();
    }
}
