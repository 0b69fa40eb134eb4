package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Catching;
import dev.cadre.platform.workflow.Node.Ending;
import dev.cadre.platform.workflow.Node.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles events. One that is waited for or told is a step of the hub with another face; errors and escalations are
 * between the element and what is around it.
 */
final class EventCompiler {

    private final Compilation in;
    private final StepCompiler steps;

    EventCompiler(Compilation in, StepCompiler steps) {
        this.in = in;
        this.steps = steps;
    }

    static List<Element> definitions(Element element) {
        return element.children().stream()
                .filter(child -> child.isBpmn() && child.name().endsWith("EventDefinition")
                        || child.isBpmn("eventDefinitionRef"))
                .toList();
    }

    static boolean isCompensation(Element event) {
        var definitions = definitions(event);
        return definitions.size() == 1 && definitions.getFirst().isBpmn("compensateEventDefinition");
    }

    private static String kind(Element definition) {
        return Dialect.EVENTS.getOrDefault(definition.name(), definition.name());
    }

    /** The event's one definition, null (and a problem) where it has none or several. */
    private @Nullable Element definition(Element element, String id, String expected) {
        var found = definitions(element);
        if (found.size() == 1) {
            return found.getFirst();
        }
        in.problems.error(
                id,
                found.isEmpty() ? "event-missing" : "several-events",
                "\"" + element.label() + "\" has " + (found.isEmpty() ? "no event" : "several events") + ": it needs "
                        + expected + ".");
        return null;
    }

    private void refuse(Element element, String id, Element definition, String expected) {
        in.problems.error(
                id,
                "event-not-available",
                "A <" + element.name() + "> with a " + kind(definition) + " event does not run: use " + expected + ".");
    }

    /** An intermediate catch event, or a receive task. */
    @Nullable
    Node caught(Element element, String id) {
        if (element.isBpmn("receiveTask")) {
            return message(element, id, element.attribute("messageRef"));
        }
        var expected = "a timer, a message or a signal";
        var definition = definition(element, id, expected);
        if (definition == null) {
            return null;
        }
        if (waits(definition)) {
            return waiting(element, id, definition);
        }
        refuse(element, id, definition, expected);
        return null;
    }

    private static boolean waits(Element definition) {
        return definition.isBpmn("timerEventDefinition")
                || definition.isBpmn("messageEventDefinition")
                || definition.isBpmn("signalEventDefinition");
    }

    private @Nullable Step waiting(Element element, String id, Element definition) {
        return switch (definition.name()) {
            case "timerEventDefinition" -> timer(element, id, definition);
            case "messageEventDefinition" -> message(element, id, definition.attribute("messageRef"));
            default -> signal(element, id, definition, StepCompiler.SIGNAL);
        };
    }

    private @Nullable Step timer(Element element, String id, Element definition) {
        var wait = element.firstCadre("wait").or(() -> definition.firstCadre("wait"));
        if (wait.isEmpty()) {
            in.problems.error(id, "wait-missing", "How long? Say it in cadre:wait, as PT10M, or as an expression.");
            return null;
        }
        if (definition.hasOwnTime()) {
            in.problems.warning(
                    id, "not-executed", "The timer's own time is kept and has no effect: cadre:wait says how long.");
        }
        var duration = Map.<String, Object>of("duration", wait.get().text().strip());
        return steps.event(element, id, StepCompiler.DELAY, "wait", duration);
    }

    private @Nullable Step message(Element element, String id, @Nullable String reference) {
        var inputs = named(id, reference, in.declared.messages(), "message");
        var extension = element.firstCadre("message");
        extension.map(it -> it.attribute("key")).ifPresent(key -> inputs.put("key", key));
        if (extension.isPresent() && !extension.get().text().isBlank()) {
            in.problems.error(id, "message-body", "Who waits for a message says no body: only its key.");
        }
        if (inputs.get("name") instanceof String name) {
            element.firstCadre("webhook")
                    .ifPresent(hook -> in.hooks.compile(id, name, inputs.containsKey("key"), hook));
        }
        return steps.event(element, id, StepCompiler.MESSAGE, "message", inputs);
    }

    private @Nullable Step signal(Element element, String id, Element definition, String use) {
        var inputs = named(id, definition.attribute("signalRef"), in.declared.signals(), "signal");
        if (!use.equals(StepCompiler.SIGNAL)) {
            body(element, id, "signal").ifPresent(body -> inputs.put("body", body));
        }
        return steps.event(element, id, use, "signal", inputs);
    }

    private @Nullable Step messageSent(Element element, String id, Element definition) {
        var inputs = named(id, definition.attribute("messageRef"), in.declared.messages(), "message");
        element.firstCadre("message").ifPresent(extension -> {
            put(inputs, "key", extension.attribute("key"));
            put(inputs, "patience", extension.attribute("patience"));
        });
        body(element, id, "message").ifPresent(body -> inputs.put("body", body));
        return steps.event(element, id, StepCompiler.MESSAGE_SEND, "message", inputs);
    }

    private static void put(Map<String, Object> inputs, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            inputs.put(name, value);
        }
    }

    private Optional<Object> body(Element element, String id, String extension) {
        return element.firstCadre(extension)
                .filter(it -> !it.text().isBlank())
                .map(it -> in.json(id, it))
                .map(compiled -> compiled.document());
    }

    private Map<String, Object> named(
            String id, @Nullable String reference, Map<String, String> declared, String kind) {
        var inputs = new LinkedHashMap<String, Object>();
        var name = reference == null ? null : declared.get(reference);
        if (name == null) {
            in.problems.error(
                    id,
                    "unknown-" + kind,
                    reference == null
                            ? "Which " + kind + "? Choose one by " + kind + "Ref."
                            : "The " + kind + " \"" + Compilation.clip(reference) + "\" is not defined with a name.");
        }
        inputs.put("name", name == null ? "?" : name);
        return inputs;
    }

    /** An intermediate throw event. */
    @Nullable
    Node thrown(Element element, String id) {
        var expected = "an escalation, a signal, a message or a compensation";
        var definition = definition(element, id, expected);
        if (definition == null) {
            return null;
        }
        return switch (definition.name()) {
            case "escalationEventDefinition" -> {
                var code = code(id, definition.attribute("escalationRef"), in.declared.escalations(), "escalation");
                yield code == null ? null : new Node.Escalate(id, element.label(), code);
            }
            case "signalEventDefinition" -> signal(element, id, definition, StepCompiler.SIGNAL_SEND);
            case "messageEventDefinition" -> messageSent(element, id, definition);
            case "compensateEventDefinition" ->
                new Node.Compensate(id, element.label(), definition.attribute("activityRef"));
            default -> {
                refuse(element, id, definition, expected);
                yield null;
            }
        };
    }

    /** What an end event does before its token is gone: a step in front of it, null for none. */
    @Nullable
    Node beforeEnd(Element element, String id) {
        var definitions = definitions(element);
        return definitions.size() == 1
                        && List.of("signalEventDefinition", "messageEventDefinition", "compensateEventDefinition")
                                .contains(definitions.getFirst().name())
                ? thrown(element, id)
                : null;
    }

    Ending ending(Element element, String id) {
        var definitions = definitions(element);
        if (definitions.isEmpty()) {
            return new Ending.Plain();
        }
        var definition = definition(element, id, "one event at most");
        if (definition == null) {
            return new Ending.Plain();
        }
        return switch (definition.name()) {
            case "terminateEventDefinition" -> new Ending.Terminate();
            case "errorEventDefinition" -> {
                var code = code(id, definition.attribute("errorRef"), in.declared.errors(), "error");
                yield code == null ? new Ending.Plain() : new Ending.Error(code);
            }
            case "escalationEventDefinition" -> {
                var code = code(id, definition.attribute("escalationRef"), in.declared.escalations(), "escalation");
                yield code == null ? new Ending.Plain() : new Ending.Escalation(code);
            }
            case "signalEventDefinition", "messageEventDefinition", "compensateEventDefinition" -> new Ending.Plain();
            default -> {
                refuse(element, id, definition, "a plain end, an error, an escalation, a signal or terminate");
                yield new Ending.Plain();
            }
        };
    }

    /** The code of what is thrown, null (and a problem) where there is none. */
    private @Nullable String code(String id, @Nullable String reference, Map<String, String> declared, String kind) {
        var code = reference == null ? null : declared.get(reference);
        if (code == null) {
            in.problems.error(
                    id,
                    "unknown-" + kind,
                    reference == null
                            ? "Which " + kind + "? Choose one by " + kind + "Ref."
                            : "The " + kind + " \"" + Compilation.clip(reference) + "\" is not defined with an " + kind
                                    + "Code.");
        } else if (!Compilation.CODE.matcher(code).matches()) {
            in.problems.error(
                    id,
                    "invalid-code",
                    "The code \"" + Compilation.clip(code) + "\" may have letters, digits and . _ -");
            return null;
        }
        return code;
    }

    /** A boundary event other than of compensation. */
    @Nullable
    Node boundary(Element element, String id, Map<String, Element> drawn) {
        var attachedTo = element.attribute("attachedToRef");
        var activity = attachedTo == null ? null : drawn.get(attachedTo);
        if (attachedTo == null || activity == null || !Dialect.ACTIVITIES.contains(activity.name())) {
            in.problems.error(
                    id, "boundary-on-non-activity", "A boundary event must be attached to a step or a sub-process.");
            return null;
        }
        boolean interrupting = !"false".equals(element.attribute("cancelActivity"));
        var catching = catching(element, element, id, interrupting);
        return catching == null ? null : new Node.Boundary(id, element.label(), attachedTo, catching, interrupting);
    }

    /** The start of an event sub-process. */
    Node.@Nullable Boundary handlerStart(Element start, String id, String scopeId) {
        boolean interrupting = !"false".equals(start.attribute("isInterrupting"));
        var catching = catching(start, start, id, interrupting);
        return catching == null ? null : new Node.Boundary(id, start.label(), scopeId, catching, interrupting);
    }

    private @Nullable Catching catching(Element element, Element holder, String id, boolean interrupting) {
        var expected = "a timer, a message, a signal, an error or an escalation";
        var definition = definition(element, id, expected);
        if (definition == null) {
            return null;
        }
        if (waits(definition)) {
            var step = waiting(holder, id, definition);
            return step == null ? null : new Catching.Event(step);
        }
        return switch (definition.name()) {
            case "errorEventDefinition" -> {
                if (!interrupting) {
                    in.problems.error(id, "boundary-not-interrupting", "An error always ends what it is attached to.");
                }
                var reference = definition.attribute("errorRef");
                yield reference == null || reference.isBlank()
                        ? new Catching.Error(null)
                        : new Catching.Error(code(id, reference, in.declared.errors(), "error"));
            }
            case "escalationEventDefinition" -> {
                var reference = definition.attribute("escalationRef");
                yield reference == null || reference.isBlank()
                        ? new Catching.Escalation(null)
                        : new Catching.Escalation(code(id, reference, in.declared.escalations(), "escalation"));
            }
            default -> {
                refuse(element, id, definition, expected);
                yield null;
            }
        };
    }
}
