package dev.cadre.platform.workflow.internal.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cadre.platform.plugin.StepPerformer.ToolPerformer;
import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepType.Kind;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Problem;
import dev.cadre.platform.workflow.Problem.Severity;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.trigger.HttpTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowCompilerTest {

    private final WorkflowCompiler compiler = new WorkflowCompiler(WorkflowCompilerTest::type);

    private static Optional<StepType> type(String id) {
        var anything = Map.<String, Object>of();
        var calculator = Map.<String, Object>of(
                "type", "object",
                "properties", Map.of("expression", Map.of("type", "string", "minLength", 1)),
                "required", List.of("expression"));
        return switch (id) {
            case "calculator" -> Optional.of(type(id, Kind.TOOL, null, calculator, new Tool(true)));
            case "transform" -> Optional.of(type(id, Kind.TOOL, null, anything, new Tool(true)));
            case "delay", "message", "signal", "message-send", "signal-send", "call" ->
                Optional.of(type(id, Kind.CORE, null, anything, new Tool(false)));
            case "http-request" -> Optional.of(type(id, Kind.TOOL, null, anything, new Tool(false)));
            case "agent" -> Optional.of(type(id, Kind.AGENT, null, anything, new Tool(false)));
            case "slack-post" -> Optional.of(type(id, Kind.CONNECTOR, "slack", anything, new Tool(false)));
            case "webhook", "manual", "schedule" -> Optional.of(type(id, Kind.TRIGGER, null, anything, new Hook()));
            default -> Optional.empty();
        };
    }

    private static StepType type(
            String id,
            Kind kind,
            String connection,
            Map<String, Object> input,
            dev.cadre.platform.plugin.StepPerformer by) {
        return new StepType(
                id, id, "", "Tools", "", kind, new StepType.PluginRef(id, "1"), connection, input, Map.of(), by);
    }

    private record Tool(boolean instant) implements ToolPerformer {
        @Override
        public Map<String, Object> perform(
                OrganizationId organization,
                Map<String, Object> input,
                @Nullable String connection,
                StepContext context) {
            throw new AssertionError("validation executes nothing");
        }
    }

    private record Hook() implements TriggerPerformer {
        @Override
        public HttpTrigger.@Nullable Binding binding(Map<String, Object> settings) {
            return null;
        }

        @Override
        public List<String> problems(Map<String, Object> settings) {
            return "never".equals(settings.get("every")) ? List.of("The input every is no duration.") : List.of();
        }
    }

    private static String process(String body) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                    xmlns:flowable="http://flowable.org/bpmn" targetNamespace="http://cadre.dev">
                  <error id="e1" errorCode="HTTP_404"/><error id="e2"/>
                  <process id="p" isExecutable="true">%s</process>
                </definitions>
                """.formatted(body);
    }

    private static String around(String body) {
        return process("<startEvent id='s'/><endEvent id='e'/>" + body);
    }

    /** Start, one task with the given extensions, end. */
    private static String task(String extensions) {
        return around("<serviceTask id='t'><extensionElements>" + extensions + "</extensionElements></serviceTask>"
                + flow("f1", "s", "t") + flow("f2", "t", "e"));
    }

    private static String flow(String id, String from, String to) {
        return "<sequenceFlow id='" + id + "' sourceRef='" + from + "' targetRef='" + to + "'/>";
    }

    private static String flow(String id, String from, String to, String condition) {
        return "<sequenceFlow id='" + id + "' sourceRef='" + from + "' targetRef='" + to
                + "'><conditionExpression xsi:type='tFormalExpression'>" + condition
                + "</conditionExpression></sequenceFlow>";
    }

    private static final String STEP = "<cadre:step use='transform'>{}</cadre:step>";

    private static String step(String id) {
        return step(id, "transform");
    }

    private static String step(String id, String use) {
        return "<serviceTask id='" + id + "'><extensionElements><cadre:step use='" + use
                + "'>{}</cadre:step></extensionElements></serviceTask>";
    }

    private List<Problem> problems(String xml) {
        return compiler.compile(xml, new TestReferences(Set.of("team", "other-workflow")))
                .problems();
    }

    private void finds(String xml, String elementId, String code) {
        assertThat(problems(xml)).extracting(Problem::elementId, Problem::code).contains(tuple(elementId, code));
    }

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
    void acceptsMessageStart() {
        assertThat(problems(process("<startEvent id='s'><messageEventDefinition/></startEvent><endEvent id='e'/>"
                        + flow("f", "s", "e"))))
                .isEmpty();
    }

    private static String start(String event, String trigger) {
        return process("<startEvent id='s'><extensionElements>" + trigger + "</extensionElements>" + event
                + "</startEvent><endEvent id='e'/>" + flow("f", "s", "e"));
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

    private static final String TOOL =
            "<serviceTask id='t' name='T'><extensionElements><cadre:step use='transform'>{\"a\":\"{{ fromAi('x', 'An x') }}\"}</cadre:step></extensionElements></serviceTask>";

    private static String agent(String inside) {
        return agent("{}", inside);
    }

    private static String agent(String inputs, String inside) {
        return around("<adHocSubProcess id='a' name='A'><extensionElements><cadre:agent use='agent'>" + inputs
                + "</cadre:agent></extensionElements>" + inside + "</adHocSubProcess>" + flow("f1", "s", "a")
                + flow("f2", "a", "e"));
    }

    @Test
    void acceptsAnAgentWithTools() {
        assertThat(problems(agent(TOOL))).isEmpty();
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
    void acceptsConnectionsThatExist() {
        assertThat(problems(task("<cadre:step use='slack-post' connection='team'>{}</cadre:step>")))
                .isEmpty();
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
