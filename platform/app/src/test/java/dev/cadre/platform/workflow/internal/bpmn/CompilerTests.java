package dev.cadre.platform.workflow.internal.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer.ToolPerformer;
import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepType.Kind;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.workflow.Problem;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tests of the compiler share: step types, and files to compile. */
abstract class CompilerTests {

    final WorkflowCompiler compiler = new WorkflowCompiler(CompilerTests::type);

    static Optional<StepType> type(String id) {
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

    static StepType type(
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
                @Nullable ChosenConnection connection,
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

    static String process(String body) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                    xmlns:flowable="http://flowable.org/bpmn" targetNamespace="http://cadre.dev">
                  <error id="e1" errorCode="HTTP_404"/><error id="e2"/>
                  <process id="p" isExecutable="true">%s</process>
                </definitions>
                """.formatted(body);
    }

    static String around(String body) {
        return process("<startEvent id='s'/><endEvent id='e'/>" + body);
    }

    /** Start, one task with the given extensions, end. */
    static String task(String extensions) {
        return around("<serviceTask id='t'><extensionElements>" + extensions + "</extensionElements></serviceTask>"
                + flow("f1", "s", "t") + flow("f2", "t", "e"));
    }

    static String flow(String id, String from, String to) {
        return "<sequenceFlow id='" + id + "' sourceRef='" + from + "' targetRef='" + to + "'/>";
    }

    static String flow(String id, String from, String to, String condition) {
        return "<sequenceFlow id='" + id + "' sourceRef='" + from + "' targetRef='" + to
                + "'><conditionExpression xsi:type='tFormalExpression'>" + condition
                + "</conditionExpression></sequenceFlow>";
    }

    static final String STEP = "<cadre:step use='transform'>{}</cadre:step>";

    static String step(String id) {
        return step(id, "transform");
    }

    static String step(String id, String use) {
        return "<serviceTask id='" + id + "'><extensionElements><cadre:step use='" + use
                + "'>{}</cadre:step></extensionElements></serviceTask>";
    }

    List<Problem> problems(String xml) {
        return compiler.compile(xml, new TestReferences(Set.of("team", "other-workflow")))
                .problems();
    }

    void finds(String xml, String elementId, String code) {
        assertThat(problems(xml)).extracting(Problem::elementId, Problem::code).contains(tuple(elementId, code));
    }

    static String start(String event, String trigger) {
        return process("<startEvent id='s'><extensionElements>" + trigger + "</extensionElements>" + event
                + "</startEvent><endEvent id='e'/>" + flow("f", "s", "e"));
    }

    static final String TOOL =
            "<serviceTask id='t' name='T'><extensionElements><cadre:step use='transform'>{\"a\":\"{{ fromAi('x', 'An x') }}\"}</cadre:step></extensionElements></serviceTask>";

    static String agent(String inside) {
        return agent("{}", inside);
    }

    static String agent(String inputs, String inside) {
        return around("<adHocSubProcess id='a' name='A'><extensionElements><cadre:agent use='agent'>" + inputs
                + "</cadre:agent></extensionElements>" + inside + "</adHocSubProcess>" + flow("f1", "s", "a")
                + flow("f2", "a", "e"));
    }
}
