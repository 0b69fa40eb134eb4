package dev.cadre.platform.workflow.internal.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.workflow.Problem;
import dev.cadre.platform.workflow.Problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the compiler says is wrong with files. */
class WorkflowProblemsTest extends CompilerTests {

    @ParameterizedTest
    @CsvSource({
        "userTask, step-missing",
        "scriptTask, element-not-available",
        "callActivity, call-missing",
        "adHocSubProcess, agent-missing",
        "intermediateCatchEvent, event-missing",
        "intermediateThrowEvent, event-missing",
        "transaction, element-not-available",
        "businessRuleTask, step-missing",
        "receiveTask, unknown-message",
        "manualTask, element-not-available",
        "teleport, unknown-element"
    })
    void refusesByName(String element, String code) {
        finds(around("<" + element + " id='t'/>" + flow("f1", "s", "t") + flow("f2", "t", "e")), "t", code);
    }

    @ParameterizedTest
    @CsvSource({"signalEventDefinition", "conditionalEventDefinition", "errorEventDefinition"})
    void refusesStartsItDoesNotKnow(String event) {
        finds(
                process("<startEvent id='s'><" + event + "/></startEvent><endEvent id='e'/>" + flow("f", "s", "e")),
                "s",
                "event-not-available");
    }

    @Test
    void saysAtTheStartWhatItsTriggerHasAgainstTheSettings() {
        finds(start("", "<cadre:trigger use='schedule'>{\"every\":\"never\"}</cadre:trigger>"), "s", "invalid-input");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<boundaryEvent id='x' attachedToRef='t'><timerEventDefinition/></boundaryEvent> | wait-missing",
                "<boundaryEvent id='x' attachedToRef='t'/> | event-missing",
                "<boundaryEvent id='x' attachedToRef='t'><conditionalEventDefinition/></boundaryEvent> | event-not-available",
                "<boundaryEvent id='x' attachedToRef='t' cancelActivity='false'><errorEventDefinition/></boundaryEvent> | boundary-not-interrupting",
                "<boundaryEvent id='x' attachedToRef='s'><errorEventDefinition/></boundaryEvent> | boundary-on-non-activity",
                "<boundaryEvent id='x' attachedToRef='t'><compensateEventDefinition/></boundaryEvent> | compensation-handler",
                "<boundaryEvent id='x' attachedToRef='t'><errorEventDefinition errorRef='e2'/></boundaryEvent> | unknown-error",
                "<endEvent id='x'><errorEventDefinition/></endEvent> | unknown-error",
                "<endEvent id='x'><escalationEventDefinition escalationRef='none'/></endEvent> | unknown-escalation",
                "<endEvent id='x'><conditionalEventDefinition/></endEvent> | event-not-available",
                "<intermediateThrowEvent id='x'><linkEventDefinition/></intermediateThrowEvent> | event-not-available",
                "<intermediateThrowEvent id='x'><signalEventDefinition/></intermediateThrowEvent> | unknown-signal",
                "<intermediateCatchEvent id='x'><messageEventDefinition/></intermediateCatchEvent> | unknown-message",
                "<intermediateCatchEvent id='x'><errorEventDefinition/></intermediateCatchEvent> | event-not-available",
                "<subProcess id='x' triggeredByEvent='true'><endEvent id='xe'/></subProcess> | handler-start",
                "<task id='x' isForCompensation='true'/> | compensation-handler",
                "<callActivity id='x'><extensionElements><cadre:call workflow='gone'>{}</cadre:call></extensionElements></callActivity> | unknown-workflow",
                "<callActivity id='x'><extensionElements><cadre:call workflow='other-workflow' version='newest'>{}</cadre:call></extensionElements></callActivity> | invalid-version",
            })
    void findsWhatIsWrongWithAnEvent(String element, String code) {
        finds(around(step("t") + element + flow("f", "s", "t") + flow("f2", "t", "e")), "x", code);
    }

    @Test
    void findsWhatFollowsAnEventBasedGatewayWithoutBeingAnEvent() {
        finds(
                around("<eventBasedGateway id='x'/>" + step("t") + flow("f", "s", "x") + flow("f2", "x", "t")
                        + flow("f3", "t", "e")),
                "f2",
                "not-an-event");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<cadre:step use='nope'>{}</cadre:step> | unknown-step-type",
                "<cadre:step>{}</cadre:step> | step-missing",
                "<cadre:step use='webhook'>{}</cadre:step> | trigger-as-step",
                "<cadre:step use='calculator'>{}</cadre:step> | missing-input",
                "<cadre:step use='calculator'>{\"expression\":1}</cadre:step> | invalid-input",
                "<cadre:step use='calculator'>{\"expression\":\"\"}</cadre:step> | invalid-input",
                "<cadre:step use='calculator'>{\"expression\":\"1\",\"x\":1}</cadre:step> | unknown-input",
                "<cadre:step use='calculator'>[]</cadre:step> | invalid-input",
                "<cadre:step use='transform'>{nope}</cadre:step> | invalid-json",
                "<cadre:step use='transform'>{\"a\":\"{{ 1 + }}\"}</cadre:step> | invalid-expression",
                "<cadre:step use='transform'>{\"a\":\"{{ steps.ghost.x }}\"}</cadre:step> | unknown-step",
                "<cadre:step use='transform'>{\"a\":\"{{ nonsense.x }}\"}</cadre:step> | unknown-name",
                "<cadre:step use='transform'>{\"a\":\"{{ steps.t.x }}\"}</cadre:step> | step-not-before",
                "<cadre:step use='slack-post'>{}</cadre:step> | connection-missing",
                "<cadre:step use='slack-post' connection='gone'>{}</cadre:step> | unknown-connection",
                "<cadre:step use='transform'>{}</cadre:step><cadre:retry attempts='99'/> | invalid-retry",
                "<cadre:step use='transform'>{}</cadre:step><cadre:retry backoff='1 s'/> | invalid-duration",
                "<cadre:step use='transform'>{}</cadre:step><cadre:timeout>soon</cadre:timeout> | invalid-duration",
                "<cadre:step use='transform'>{}</cadre:step><cadre:onError>maybe</cadre:onError> | invalid-on-error",
                "<cadre:step use='transform'>{}</cadre:step><cadre:onError>default</cadre:onError> | default-missing",
                "<cadre:step use='transform'>{}</cadre:step><cadre:onError>branch</cadre:onError> | branch-missing",
                "<cadre:step use='transform'>{}</cadre:step><cadre:delivery>perhaps</cadre:delivery> | invalid-delivery",
                "<cadre:step use='transform'>{}</cadre:step><cadre:budget amount='1'/> | budget-without-effect",
                "<cadre:step use='transform'>{}</cadre:step><cadre:approval>{}</cadre:approval> | extension-misplaced",
                "<cadre:step use='transform'>{}</cadre:step><cadre:agent>{}</cadre:agent> | extension-misplaced",
                "<cadre:step use='transform'>{}</cadre:step><cadre:magic/> | unknown-extension",
                "<cadre:step use='transform'>{}</cadre:step><cadre:each in='{{ x }}'/> | each-without-loop",
                "<cadre:step use='transform'>{}</cadre:step><flowable:executionListener class='x'/> | foreign-execution",
                "<cadre:step use='transform'>{}</cadre:step><camunda:properties/> | foreign-extension",
            })
    void findsWhatIsWrongWithAStep(String extensions, String code) {
        finds(task(extensions.strip()), "t", code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "<startEvent id='i'/> | i | not-in-agent",
                "<endEvent id='i'/> | i | not-in-agent",
                "<exclusiveGateway id='i' name='I'/> | i | not-a-tool",
                "<serviceTask id='i'><extensionElements><cadre:step use='transform'>{}</cadre:step></extensionElements></serviceTask> | i | tool-description-missing",
                "<serviceTask id='i' name='I'><extensionElements><cadre:step use='transform'>{\"a\":\"{{ fromAi('x', 'An x') & fromAi('x', 'Another') }}\"}</cadre:step></extensionElements></serviceTask> | i | from-ai-differs",
                "<serviceTask id='i' name='I'><extensionElements><cadre:step use='transform'>{\"a\":\"{{ fromAi(trigger.x) }}\"}</cadre:step></extensionElements></serviceTask> | i | invalid-expression",
                "<serviceTask id='i' name='I'><extensionElements><cadre:step use='transform'>{\"a\":\"{{ fromAi('x', '', 'date') }}\"}</cadre:step></extensionElements></serviceTask> | i | invalid-expression",
                "<serviceTask id='i' name='I'><extensionElements><cadre:step use='transform'>{\"a\":\"{{ fromAi('x', '', 'string', {'pattern': 'a+'}) }}\"}</cadre:step></extensionElements></serviceTask> | i | invalid-expression",
            })
    void findsWhatIsWrongWithATool(String inside, String element, String code) {
        finds(agent(TOOL + inside.strip().replace("&", "&amp;")), element, code);
    }

    @Test
    void findsWhatIsWrongWithAnAgent() {
        finds(agent("{\"tools\":[\"transform\"]}", TOOL), "a", "tools-inside");
        finds(agent(""), "a", "no-tools");
        finds(agent(TOOL).replace("use='agent'", "use='transform'"), "a", "not-an-agent");
        finds(
                agent(TOOL).replace("</cadre:agent>", "</cadre:agent><cadre:budget amount='none'/>"),
                "a",
                "invalid-budget");
        finds(
                agent(TOOL).replace("</cadre:agent>", "</cadre:agent><cadre:budget amount='1' currency='EUR'/>"),
                "a",
                "invalid-budget");
        finds(task("<cadre:step use='transform'>{\"a\":\"{{ fromAi('x') }}\"}</cadre:step>"), "t", "from-ai-outside");
        var other = TOOL.replace("'t'", "'u'");
        var joined = TOOL.replace("'t'", "'v'");
        finds(
                agent(
                        TOOL + other + joined
                                + "<sequenceFlow id='g1' sourceRef='t' targetRef='v'/><sequenceFlow id='g2' sourceRef='u' targetRef='v'/>"),
                "u",
                "tools-joined");
    }

    @Test
    void refusesClassAndDelegateAttributes() {
        finds(
                around("<serviceTask id='t' flowable:class='java.lang.Runtime'><extensionElements>" + STEP
                        + "</extensionElements></serviceTask>" + flow("f", "s", "t") + flow("f2", "t", "e")),
                "t",
                "foreign-execution");
        finds(
                around("<serviceTask id='t' camunda:delegateExpression='${x}'><extensionElements>" + STEP
                        + "</extensionElements></serviceTask>" + flow("f", "s", "t") + flow("f2", "t", "e")),
                "t",
                "foreign-execution");
    }

    @Test
    void warnsOfWhatHasNoEffect() {
        var found = problems(around(
                "<laneSet id='l'/><textAnnotation id='a'><text>hm</text></textAnnotation>" + flow("f", "s", "e")));

        assertThat(found).extracting(Problem::severity).containsOnly(Severity.WARNING);
        assertThat(found).extracting(Problem::elementId).containsExactlyInAnyOrder("l", "a");
    }

    @Test
    void findsWhatIsWrongWithTheGraph() {
        finds(process("<endEvent id='e'/>"), null, "no-start");
        finds(process("<startEvent id='s'/>"), null, "no-end");
        finds(around("<startEvent id='s2'/>" + flow("f", "s", "e") + flow("f2", "s2", "e")), "s2", "several-starts");
        finds(around(step("t") + flow("f", "s", "e")), "t", "unreachable");
        finds(around(flow("f", "s", "e") + flow("g", "s", "ghost")), "g", "dangling-flow");
        finds(around("<sequenceFlow id='g' sourceRef='s'/>" + flow("f", "s", "e")), "g", "dangling-flow");
        finds(around(flow("f", "s", "e") + flow("g", "e", "s")), "s", "flow-into-start");
        finds(around(step("t") + step("t") + flow("f", "s", "t") + flow("f2", "t", "e")), "t", "duplicate-id");
        finds(
                around("<exclusiveGateway id='x'/>" + flow("f", "s", "x") + flow("f2", "x", "e")
                        + flow("f3", "x", "e")),
                "f2",
                "condition-missing");
        finds(
                around("<exclusiveGateway id='x' default='nope'/>" + flow("f", "s", "x") + flow("f2", "x", "e")),
                "x",
                "unknown-default");
        finds(
                around(step("t") + flow("f", "s", "t") + flow("f2", "t", "e", "{{ true }}")),
                "f2",
                "condition-outside-gateway");
        finds(
                around("<exclusiveGateway id='x'/>" + flow("f", "s", "x") + flow("f2", "x", "e", "${evil}")),
                "f2",
                "invalid-condition");
        finds(
                around("<subProcess id='g'><startEvent id='gs'/><endEvent id='ge'/>" + flow("gf", "gs", "ge")
                        + "</subProcess>" + flow("f", "s", "g") + flow("f2", "g", "e") + flow("f3", "s", "gs")),
                "f3",
                "flow-crosses-border");
        finds(
                around("<boundaryEvent id='b' attachedToRef='s'><errorEventDefinition/></boundaryEvent>"
                        + flow("f", "s", "e")),
                "b",
                "boundary-on-non-activity");
        finds(
                around(step("t")
                        + "<boundaryEvent id='b' attachedToRef='t'><errorEventDefinition errorRef='e2'/></boundaryEvent>"
                        + flow("f", "s", "t") + flow("f2", "t", "e") + flow("f3", "b", "e")),
                "b",
                "unknown-error");
        finds(process("</process><process id='p2'>"), null, "several-processes");
    }

    @Test
    void findsLoopsWithoutAWait() {
        var ways = "<exclusiveGateway id='x' default='out'/>" + flow("f", "s", "t") + flow("f2", "t", "x")
                + flow("back", "x", "t", "{{ true }}") + flow("out", "x", "e");

        assertThat(problems(around(step("t") + ways)))
                .anyMatch(it -> it.code().equals("endless-loop") && it.severity() == Severity.ERROR);
        assertThat(problems(around(step("t", "http-request") + ways)))
                .extracting(Problem::code)
                .containsExactly("loop");
    }

    @Test
    void findsLoopsWithoutAWayOut() {
        assertThat(problems(around(step("a", "http-request")
                        + step("b", "http-request")
                        + flow("f", "s", "a")
                        + flow("f2", "a", "b")
                        + flow("f3", "b", "a")
                        + flow("f4", "s", "e"))))
                .anyMatch(it -> it.code().equals("endless-loop"));
    }
}
