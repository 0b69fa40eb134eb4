package dev.cadre.platform;

/** Writes workflow files for tests, element by element, in the order in which they are called. */
public final class Bpmn {

    private final StringBuilder elements = new StringBuilder();
    private final StringBuilder declared = new StringBuilder();
    private final String prefix;
    private int flows;

    private Bpmn(String prefix) {
        this.prefix = prefix;
    }

    public static Bpmn manual() {
        return new Bpmn("f").start("{}", "manual");
    }

    public static Bpmn webhook(String path, String respond) {
        return new Bpmn("f")
                .start("{\"path\":\"" + path + "\",\"method\":\"POST\",\"respond\":\"" + respond + "\"}", "webhook");
    }

    public static Bpmn startedBy(String trigger, String settings) {
        return new Bpmn("f").start(settings, trigger);
    }

    /** A trigger whose callers are checked by a connection. */
    public static Bpmn startedBy(String trigger, String connection, String settings) {
        return new Bpmn("f").start(settings, trigger + "' connection='" + connection);
    }

    /** The elements of a sub-process. */
    public static Bpmn inside() {
        return new Bpmn("inner-f");
    }

    /** Like {@link #inside()} where there are several in a file. */
    public static Bpmn inside(String prefix) {
        return new Bpmn(prefix + "-f");
    }

    private Bpmn start(String settings, String use) {
        elements.append("<startEvent id='start'><extensionElements><cadre:trigger use='%s'>%s</cadre:trigger>"
                        .formatted(use, escaped(settings)))
                .append("</extensionElements></startEvent>");
        return this;
    }

    public Bpmn plainStart(String id) {
        elements.append("<startEvent id='%s'/>".formatted(id));
        return this;
    }

    /** {@code more} are further extension elements, as {@code <cadre:timeout>PT1S</cadre:timeout>}. */
    public Bpmn step(String id, String use, String inputs, String... more) {
        return activity(id, use, inputs, String.join("", more), "");
    }

    public Bpmn connected(String id, String use, String connection, String inputs) {
        elements.append(
                "<serviceTask id='%s'><extensionElements><cadre:step use='%s' connection='%s'>%s</cadre:step></extensionElements></serviceTask>"
                        .formatted(id, use, connection, escaped(inputs)));
        return this;
    }

    public Bpmn each(String id, String use, String inputs, String list, boolean sequential) {
        return activity(id, use, inputs, each(list), loop(sequential));
    }

    private Bpmn activity(String id, String use, String inputs, String extensions, String loop) {
        elements.append(
                "<serviceTask id='%s'><extensionElements><cadre:step use='%s'>%s</cadre:step>%s</extensionElements>%s</serviceTask>"
                        .formatted(id, use, escaped(inputs), extensions, loop));
        return this;
    }

    public Bpmn group(String id, Bpmn body) {
        elements.append("<subProcess id='%s'>%s</subProcess>".formatted(id, body.elements));
        return this;
    }

    public Bpmn groupEach(String id, String list, boolean sequential, Bpmn body) {
        elements.append("<subProcess id='%s'><extensionElements>%s</extensionElements>%s%s</subProcess>"
                .formatted(id, each(list), loop(sequential), body.elements));
        return this;
    }

    /** {@code options} are further attributes of for each, as {@code parallelism='2'}. */
    public Bpmn each(String id, String use, String inputs, String list, String options) {
        return activity(id, use, inputs, each(list, options), loop(false));
    }

    public Bpmn groupEach(String id, String list, String options, Bpmn body) {
        elements.append("<subProcess id='%s'><extensionElements>%s</extensionElements>%s%s</subProcess>"
                .formatted(id, each(list, options), loop(false), body.elements));
        return this;
    }

    private static String each(String list, String options) {
        return "<cadre:each in='{{ %s }}' as='one' %s/>".formatted(escaped(list), options);
    }

    private static String each(String list) {
        return "<cadre:each in='{{ %s }}' as='one'/>".formatted(escaped(list));
    }

    private static String loop(boolean sequential) {
        return "<multiInstanceLoopCharacteristics isSequential='%s'/>".formatted(sequential);
    }

    /** Somebody is asked; {@code request} is the text of {@code cadre:approval}. */
    public Bpmn approval(String id, String request) {
        elements.append(
                "<userTask id='%s'><extensionElements><cadre:approval>%s</cadre:approval></extensionElements></userTask>"
                        .formatted(id, escaped(request)));
        return this;
    }

    /** A decision table; {@code attributes} are those of {@code cadre:decision}. */
    public Bpmn decision(String id, String inputs, String table, String attributes) {
        return decision(id, inputs, table, attributes, "");
    }

    public Bpmn decisionEach(String id, String inputs, String table, String list) {
        return decision(id, inputs, table, "", each(list));
    }

    private Bpmn decision(String id, String inputs, String table, String attributes, String each) {
        elements.append(
                "<businessRuleTask id='%s'><extensionElements><cadre:decision %s>%s</cadre:decision><cadre:table>%s</cadre:table>%s</extensionElements>%s</businessRuleTask>"
                        .formatted(
                                id,
                                attributes,
                                escaped(inputs),
                                escaped(table),
                                each,
                                each.isEmpty() ? "" : loop(false)));
        return this;
    }

    /** A timer event; {@code wait} is a duration or an expression. */
    public Bpmn timer(String id, String wait) {
        elements.append(
                "<intermediateCatchEvent id='%s'><extensionElements><cadre:wait>%s</cadre:wait></extensionElements><timerEventDefinition/></intermediateCatchEvent>"
                        .formatted(id, escaped(wait)));
        return this;
    }

    /** {@code kind} as {@code exclusive}. */
    public Bpmn gateway(String id, String kind) {
        elements.append("<%2$sGateway id='%1$s'/>".formatted(id, kind));
        return this;
    }

    public Bpmn gateway(String id, String kind, String defaultFlow) {
        elements.append("<%2$sGateway id='%1$s' default='%3$s'/>".formatted(id, kind, defaultFlow));
        return this;
    }

    public Bpmn errorBoundary(String id, String attachedTo) {
        elements.append("<boundaryEvent id='%s' attachedToRef='%s'><errorEventDefinition/></boundaryEvent>"
                .formatted(id, attachedTo));
        return this;
    }

    /** An element as it stands in a file. */
    public Bpmn element(String xml) {
        elements.append(xml);
        return this;
    }

    /** What events refer to, beside the process. */
    public Bpmn declare(String xml) {
        declared.append(xml);
        return this;
    }

    /** {@code event} as {@code <messageEventDefinition messageRef='m'/>}, {@code extension} as {@code <cadre:wait>PT1S</cadre:wait>}. */
    public Bpmn caught(String id, String event, String extension) {
        return event("intermediateCatchEvent", id, "", event, extension);
    }

    public Bpmn thrown(String id, String event, String extension) {
        return event("intermediateThrowEvent", id, "", event, extension);
    }

    public Bpmn boundary(String id, String attachedTo, boolean interrupting, String event, String extension) {
        var attributes = "attachedToRef='" + attachedTo + "' cancelActivity='" + interrupting + "'";
        return event("boundaryEvent", id, attributes, event, extension);
    }

    public Bpmn endWith(String id, String event, String extension) {
        return event("endEvent", id, "", event, extension);
    }

    private Bpmn event(String element, String id, String attributes, String event, String extension) {
        elements.append("<%1$s id='%2$s' %3$s><extensionElements>%5$s</extensionElements>%4$s</%1$s>"
                .formatted(element, id, attributes, event, extension));
        return this;
    }

    /** An event sub-process; {@code body} goes on from the start. */
    public Bpmn handler(String id, boolean interrupting, String event, String extension, Bpmn body) {
        elements.append("<subProcess id='%1$s' triggeredByEvent='true'>".formatted(id));
        event("startEvent", id + "-start", "isInterrupting='" + interrupting + "'", event, extension);
        elements.append(body.elements).append("</subProcess>");
        return this;
    }

    /** {@code handler} undoes {@code activity}. */
    public Bpmn compensation(String activity, String handler, String use, String inputs) {
        elements.append(
                "<boundaryEvent id='%1$s-undo' attachedToRef='%1$s'><compensateEventDefinition/></boundaryEvent><association id='%1$s-a' sourceRef='%1$s-undo' targetRef='%2$s'/>"
                        .formatted(activity, handler));
        elements.append(
                "<serviceTask id='%s' isForCompensation='true'><extensionElements><cadre:step use='%s'>%s</cadre:step></extensionElements></serviceTask>"
                        .formatted(handler, use, escaped(inputs)));
        return this;
    }

    public Bpmn call(String id, String workflow, String version, String input, String... more) {
        elements.append(
                "<callActivity id='%s'><extensionElements><cadre:call workflow='%s' version='%s'>%s</cadre:call>%s</extensionElements></callActivity>"
                        .formatted(id, workflow, version, escaped(input), String.join("", more)));
        return this;
    }

    /** An agent whose tools are drawn inside; {@code more} are further extension elements. */
    public Bpmn agent(String id, String inputs, Bpmn tools, String... more) {
        return agentWith(id, "", inputs, tools, more);
    }

    /** {@code attributes} as {@code ordering='Sequential'}. */
    public Bpmn agentWith(String id, String attributes, String inputs, Bpmn tools, String... more) {
        elements.append(
                "<adHocSubProcess id='%s' name='An agent' %s><extensionElements><cadre:agent use='agent'>%s</cadre:agent>%s</extensionElements>%s</adHocSubProcess>"
                        .formatted(id, attributes, escaped(inputs), String.join("", more), tools.elements));
        return this;
    }

    /** A step with a documentation, as a tool of an agent needs one. */
    public Bpmn tool(String id, String use, String inputs, String... more) {
        elements.append(
                "<serviceTask id='%1$s'><documentation>What %1$s is for</documentation><extensionElements><cadre:step use='%2$s'>%3$s</cadre:step>%4$s</extensionElements></serviceTask>"
                        .formatted(id, use, escaped(inputs), String.join("", more)));
        return this;
    }

    /** Steps of their own as a tool. */
    public Bpmn toolGroup(String id, Bpmn body, String... more) {
        elements.append(
                "<subProcess id='%1$s' name='What %1$s is for'><extensionElements>%3$s</extensionElements>%2$s</subProcess>"
                        .formatted(id, body.elements, String.join("", more)));
        return this;
    }

    public Bpmn end(String id) {
        elements.append("<endEvent id='%s'/>".formatted(id));
        return this;
    }

    public Bpmn end(String id, String output) {
        elements.append(
                "<endEvent id='%s'><extensionElements><cadre:output>%s</cadre:output></extensionElements></endEvent>"
                        .formatted(id, escaped(output)));
        return this;
    }

    /** A way through all of them. */
    public Bpmn flow(String... ids) {
        for (int i = 1; i < ids.length; i++) {
            elements.append("<sequenceFlow id='%s%d' sourceRef='%s' targetRef='%s'/>"
                    .formatted(prefix, ++flows, ids[i - 1], ids[i]));
        }
        return this;
    }

    public Bpmn flowWhen(String id, String from, String to, String condition) {
        elements.append("<sequenceFlow id='%s' sourceRef='%s' targetRef='%s'>".formatted(id, from, to))
                .append(
                        "<conditionExpression xsi:type='tFormalExpression'>{{ %s }}</conditionExpression></sequenceFlow>"
                                .formatted(escaped(condition)));
        return this;
    }

    public Bpmn flowNamed(String id, String from, String to) {
        elements.append("<sequenceFlow id='%s' sourceRef='%s' targetRef='%s'/>".formatted(id, from, to));
        return this;
    }

    public String xml() {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://cadre.dev">%s
                  <process id="tested" isExecutable="true">%s</process>
                </definitions>""".formatted(declared, elements);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;");
    }
}
