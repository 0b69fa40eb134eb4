package dev.cadre.benchmarks;

/** The workflows that the scenarios run. */
final class Diagrams {

    private Diagrams() {}

    static String process(String id, String body) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
                             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://cadre.dev">
                  <process id="%s" isExecutable="true">%s</process>
                </definitions>""".formatted(id, body);
    }

    private static String webhook(String path, String respond) {
        return """
                <startEvent id="received"><extensionElements><cadre:trigger use="webhook">{"path":"%s","method":"POST","respond":"%s"}</cadre:trigger></extensionElements></startEvent>""".formatted(path, respond);
    }

    private static String step(String id, String use, String inputs) {
        return """
                <serviceTask id="%s"><extensionElements><cadre:step use="%s">%s</cadre:step></extensionElements></serviceTask>""".formatted(id, use, inputs);
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id=\"%1$s-%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>".formatted(from, to);
    }

    private static String end(String output) {
        return "<endEvent id=\"done\"><extensionElements><cadre:output>" + output
                + "</cadre:output></extensionElements></endEvent>";
    }

    /** Webhook, two instant steps, answer. */
    static String instant() {
        return process(
                "instant",
                webhook("bench/instant", "last-step")
                        + step(
                                "total",
                                "calculator",
                                "{\"expression\":\"{{ trigger.body.price }} * {{ trigger.body.quantity }}\"}")
                        + step(
                                "order",
                                "transform",
                                "{\"value\":{\"id\":\"{{ trigger.body.id }}\",\"total\":\"{{ steps.total.result }}\"}}")
                        + end("\"{{ steps.order.value }}\"")
                        + flow("received", "total")
                        + flow("total", "order")
                        + flow("order", "done"));
    }

    /** Webhook, branch, an HTTP call, answer. */
    static String durable(int stubPort) {
        return process(
                "durable",
                webhook("bench/durable", "last-step")
                        + "<exclusiveGateway id=\"big\" default=\"big-small\"/>"
                        + step(
                                "call",
                                "http-request",
                                "{\"method\":\"GET\",\"url\":\"http://127.0.0.1:" + stubPort + "/\"}")
                        + step("small", "transform", "{\"value\":\"small\"}")
                        + end("{\"id\":\"{{ trigger.body.id }}\"}")
                        + flow("received", "big")
                        + """
                          <sequenceFlow id="big-call" sourceRef="big" targetRef="call"><conditionExpression xsi:type="tFormalExpression">{{ trigger.body.price &gt; 10 }}</conditionExpression></sequenceFlow>"""
                        + flow("big", "small")
                        + flow("call", "done")
                        + flow("small", "done"));
    }

    /** Webhook that answers at once, then one slow HTTP call. */
    static String waiting(int stubPort, int timeoutSeconds) {
        return process(
                "waiting",
                webhook("bench/waiting", "immediately")
                        + step(
                                "call",
                                "http-request",
                                "{\"method\":\"GET\",\"url\":\"http://127.0.0.1:" + stubPort
                                        + "/slow\",\"timeout\":\"PT" + timeoutSeconds + "S\"}")
                        + "<endEvent id=\"done\"/>"
                        + flow("received", "call")
                        + flow("call", "done"));
    }

    /** An effect at the sink, which knows by the address which step of which run asks. */
    private static String effect(String id, int sinkPort) {
        return step(
                id,
                "http-request",
                "{\"method\":\"POST\",\"url\":\"http://127.0.0.1:" + sinkPort + "/effect/{{ run.id }}/" + id
                        + "\",\"body\":{\"step\":\"" + id + "\",\"n\":\"{{ trigger.body.n }}\"}}");
    }

    /** Webhook that answers at once, then {@code s1}, {@code s2} … one after the other. */
    static String effects(String path, int sinkPort, int steps) {
        var body = new StringBuilder(webhook(path, "immediately"));
        var before = "received";
        for (int i = 1; i <= steps; i++) {
            body.append(effect("s" + i, sinkPort)).append(flow(before, "s" + i));
            before = "s" + i;
        }
        return process("effects", body + "<endEvent id=\"done\"/>" + flow(before, "done"));
    }

    /** Webhook that answers at once, a timer as long as its caller says, then the effect {@code fired}. */
    static String timer(String path, int sinkPort) {
        return process(
                "timer",
                webhook(path, "immediately")
                        + timerEvent("pause", "{{ trigger.body.wait }}")
                        + effect("fired", sinkPort)
                        + "<endEvent id=\"done\"/>"
                        + flow("received", "pause")
                        + flow("pause", "fired")
                        + flow("fired", "done"));
    }

    private static String timerEvent(String id, String wait) {
        return """
                <intermediateCatchEvent id="%s"><extensionElements><cadre:wait>%s</cadre:wait></extensionElements><timerEventDefinition/></intermediateCatchEvent>""".formatted(id, wait);
    }

    /** Webhook that answers at the end, one HTTP call that takes as long as the stub does. */
    static String call(String path, int stubPort) {
        return process(
                "one-call",
                webhook(path, "last-step")
                        + step(
                                "call",
                                "http-request",
                                "{\"method\":\"GET\",\"url\":\"http://127.0.0.1:" + stubPort + "/\"}")
                        + end("{\"id\":\"{{ trigger.body.id }}\"}")
                        + flow("received", "call")
                        + flow("call", "done"));
    }

    /** Every second, then nothing more. */
    static String everySecond() {
        return process("tick", """
                <startEvent id="due"><extensionElements><cadre:trigger use="schedule">{"every":"PT1S"}</cadre:trigger></extensionElements></startEvent><endEvent id="done"/>""" + flow("due", "done"));
    }

    /** Started by another workflow: a timer, then the effect {@code inner} for the run that calls. */
    static String called(int sinkPort) {
        return process(
                "called",
                """
                <startEvent id="received"/>"""
                        + timerEvent("pause", "PT0.5S")
                        + step(
                                "inner",
                                "http-request",
                                "{\"method\":\"POST\",\"url\":\"http://127.0.0.1:" + sinkPort
                                        + "/effect/{{ trigger.caller }}/inner\",\"body\":{\"n\":\"{{ trigger.n }}\"}}")
                        + end("{\"n\":\"{{ trigger.n }}\"}")
                        + flow("received", "pause")
                        + flow("pause", "inner")
                        + flow("inner", "done"));
    }

    /** Under a limit: for each of three an effect, a called workflow, a timer, an approval, and the effect {@code last}. */
    static String everything(String path, int sinkPort, String called) {
        return process(
                "everything",
                """
                <extensionElements><cadre:limits concurrency="40"/></extensionElements>"""
                        + webhook(path, "immediately")
                        + """
                        <serviceTask id="each"><extensionElements><cadre:step use="http-request">%s</cadre:step><cadre:each in="{{ [1,2,3] }}" as="one"/></extensionElements><multiInstanceLoopCharacteristics isSequential="false"/></serviceTask>""".formatted("{\"method\":\"POST\",\"url\":\"http://127.0.0.1:" + sinkPort
                                + "/effect/{{ run.id }}/each{{ one }}\",\"body\":{\"n\":\"{{ one }}\"}}")
                        + """
                        <callActivity id="call"><extensionElements><cadre:call workflow="%s" version="published">{"caller":"{{ run.id }}","n":"{{ trigger.body.n }}"}</cadre:call></extensionElements></callActivity>""".formatted(called)
                        + timerEvent("pause", "PT1S") + """
                        <userTask id="ask"><extensionElements><cadre:approval>{"title":"Go on?"}</cadre:approval></extensionElements></userTask>"""
                        + effect("last", sinkPort)
                        + "<endEvent id=\"done\"/>"
                        + flow("received", "each")
                        + flow("each", "call")
                        + flow("call", "pause")
                        + flow("pause", "ask")
                        + flow("ask", "last")
                        + flow("last", "done"));
    }
}
