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
}
