package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.decision.DecisionStep;
import dev.cadre.platform.decision.DecisionTable;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Template;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles what a decision decides by: {@code cadre:table}, the DMN file as text, and {@code cadre:decision}, its inputs. */
final class DecisionCompiler {

    private final Compilation in;

    DecisionCompiler(Compilation in) {
        this.in = in;
    }

    /** The inputs of the step; null (and problems) where there is no table to be used. */
    @Nullable
    Template inputs(Element element, String id, Optional<StepType> type) {
        var tables = element.cadre("table").toList();
        var decisions = element.cadre("decision").toList();
        if (tables.size() > 1 || decisions.size() > 1) {
            in.problems.error(
                    id, "several-steps", "\"" + element.label() + "\" has several decisions; it can make one.");
            return null;
        }
        var text = tables.isEmpty() ? "" : tables.getFirst().text().strip();
        if (text.isEmpty()) {
            in.problems.error(
                    id, "step-missing", "\"" + element.label() + "\" decides nothing yet: fill in its decision table.");
            return null;
        }
        var table = type.flatMap(known -> table(id, known, text)).orElse(null);
        var decision = decisions.isEmpty() ? null : decisions.getFirst();
        var inputs = decision == null ? in.document(id, "decision", Map.of()) : in.json(id, decision);
        boolean required = decision != null && required(decision, id);
        if (table == null || inputs == null) {
            return null;
        }
        if (!(inputs.document() instanceof Map<?, ?> given)) {
            in.problems.error(id, "invalid-input", "The inputs of the decision must be a JSON object.");
            return null;
        }
        check(id, table, given);
        var template = inputs.value();
        return data -> table.request(template.evaluate(data), required);
    }

    private Optional<DecisionTable> table(String id, StepType type, String text) {
        if (!(type.performer() instanceof DecisionStep decisions)) {
            return Optional.empty();
        }
        var reading = decisions.read(text);
        reading.problems().forEach(problem -> in.problems.error(id, problem.code(), problem.message()));
        return reading.table();
    }

    private boolean required(Element decision, String id) {
        var required = decision.attribute("required");
        if (required != null && !required.equals("true") && !required.equals("false")) {
            in.problems.error(id, "invalid-decision", "required of cadre:decision must be true or false.");
        }
        return "true".equals(required);
    }

    private void check(String id, DecisionTable table, Map<?, ?> given) {
        for (var name : table.reads().stream().sorted().toList()) {
            if (!given.containsKey(name)) {
                in.problems.error(
                        id,
                        "unknown-decision-input",
                        "The table reads \"" + Compilation.clip(name)
                                + "\", which is none of the decision's inputs. Text is written in quotes, as \""
                                + Compilation.clip(name) + "\" with them.");
            }
        }
        for (var name : given.keySet()) {
            if (!table.reads().contains(String.valueOf(name))) {
                in.problems.warning(
                        id,
                        "unused-input",
                        "The table does not read the input \"" + Compilation.clip(name + "") + "\".");
            }
        }
    }
}
