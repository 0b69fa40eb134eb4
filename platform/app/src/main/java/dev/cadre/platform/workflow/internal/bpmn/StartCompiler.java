package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Template;
import dev.cadre.platform.workflow.internal.expression.Compiled;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles the start of a process or of a sub-process: what triggers it. */
final class StartCompiler {

    private final Compilation in;

    StartCompiler(Compilation in) {
        this.in = in;
    }

    Node.Start start(Element element, String id, boolean process) {
        for (var event : EventCompiler.definitions(element)) {
            if (!process || !event.isBpmn("messageEventDefinition") && !event.isBpmn("timerEventDefinition")) {
                in.problems.error(
                        id,
                        "event-not-available",
                        "A start event with a " + Dialect.EVENTS.get(event.name()) + " does not run "
                                + (process
                                        ? "yet: start by hand, by a webhook or by a schedule."
                                        : "inside a sub-process."));
            }
        }
        var trigger = element.firstCadre("trigger").orElse(null);
        var use = trigger == null ? null : trigger.attribute("use");
        if (process) {
            checkTimer(element, id, use);
        }
        if (trigger == null || use == null || use.isBlank()) {
            return new Node.Start(id, element.label(), "manual", null, Compilation.EMPTY);
        }
        if (!process) {
            in.problems.error(id, "trigger-inside", "The start of a sub-process has no trigger.");
        }
        var type = in.stepType(use).filter(known -> known.kind() == StepType.Kind.TRIGGER);
        var settings = settings(id, trigger, use, type);
        var connection = new TriggerConnection(in, id).of(trigger, type, settings);
        Template template = settings == null ? Compilation.EMPTY : settings.value();
        return new Node.Start(id, element.label(), use, connection, template);
    }

    /** What is said of where requests come to, checked against the trigger's schema; null (and a problem) for no JSON. */
    @Nullable
    Compiled<Template> settings(String id, Element trigger, String use, Optional<StepType> type) {
        if (type.isEmpty() && !use.equals("manual")) {
            in.problems.error(
                    id, "unknown-trigger", "No enabled plugin offers the trigger \"" + Compilation.clip(use) + "\".");
        }
        var settings = in.json(id, trigger);
        if (settings == null) {
            return null;
        }
        type.ifPresent(known -> checkSettings(known, id, settings.document()));
        if (!settings.paths().isEmpty()) {
            in.problems.error(
                    id, "expression-in-trigger", "The settings of a trigger are fixed: nothing has run before it.");
        }
        return settings;
    }

    /** The timer of a start says what the trigger {@code schedule} says in its settings. */
    private void checkTimer(Element element, String id, @Nullable String use) {
        var events = EventCompiler.definitions(element);
        var timer = events.stream()
                .filter(event -> event.isBpmn("timerEventDefinition"))
                .findFirst();
        boolean schedule = "schedule".equals(use);
        if (timer.isPresent() && !schedule) {
            in.problems.error(
                    id,
                    "schedule-missing",
                    "When? A start with a timer needs cadre:trigger with use=\"schedule\" and its times.");
        } else if (timer.isPresent() && timer.get().hasOwnTime()) {
            in.problems.warning(
                    id, "not-executed", "The timer's own time is kept and has no effect: cadre:trigger says when.");
        } else if (schedule && timer.isEmpty() && !events.isEmpty()) {
            in.problems.error(
                    id, "event-not-available", "The trigger schedule belongs on a plain start or one with a timer.");
        }
    }

    @SuppressWarnings("unchecked")
    private void checkSettings(StepType type, String id, @Nullable Object document) {
        boolean fits = new InputCheck(in.problems, id, type.inputSchema()).check(document);
        if (fits
                && document instanceof Map<?, ?> settings
                && type.performer() instanceof StepPerformer.TriggerPerformer trigger) {
            trigger.problems((Map<String, Object>) settings)
                    .forEach(problem -> in.problems.error(id, "invalid-input", problem));
        }
    }
}
