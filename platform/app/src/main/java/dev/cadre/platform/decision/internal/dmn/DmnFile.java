package dev.cadre.platform.decision.internal.dmn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the decision table in a DMN 1.3 file: one decision, one table, FEEL and nothing else. */
public final class DmnFile {

    static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
    private static final String OTHER_DMN = "omg.org/spec/DMN/";

    private static final int MOST_INPUTS = 50;
    private static final int MOST_OUTPUTS = 20;
    private static final int MOST_RULES = 2_000;
    private static final int MOST_CELLS = 40_000;

    /** Logic that is no decision table, and what would bring some in. */
    private static final Set<String> REFUSED = Set.of("import", "businessKnowledgeModel", "decisionService");

    private DmnFile() {}

    /**
     * Reads a file.
     *
     * @throws DmnInvalid with what is wrong
     */
    public static DmnTable read(String text) {
        var root = XmlNode.read(text);
        if (!root.is("definitions")) {
            throw new DmnInvalid(
                    root.namespace().contains(OTHER_DMN)
                            ? "The table is of another version of DMN: save it as DMN 1.3."
                            : "The table is not DMN 1.3: its root is not definitions of " + DMN + ".");
        }
        speaksFeel(root);
        for (var child : root.children()) {
            if (child.isDmn() && REFUSED.contains(child.name())) {
                throw new DmnInvalid("<" + child.name() + "> is not available: a table is one decision.");
            }
        }
        var decisions = root.all("decision").toList();
        if (decisions.size() != 1) {
            throw new DmnInvalid(
                    decisions.isEmpty()
                            ? "The file holds no decision."
                            : "The file holds several decisions; a step has one.");
        }
        var decision = decisions.getFirst();
        var table = decision.all("decisionTable")
                .findFirst()
                .orElseThrow(
                        () -> new DmnInvalid("The decision is no decision table; other logic is not available here."));
        return table(decision, table);
    }

    private static DmnTable table(XmlNode decision, XmlNode table) {
        var inputs = table.all("input").map(DmnFile::input).toList();
        var outputs = table.all("output").map(DmnFile::output).toList();
        var rules = table.all("rule").toList();
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new DmnInvalid("The table needs at least one input and one output.");
        }
        if (inputs.size() > MOST_INPUTS || outputs.size() > MOST_OUTPUTS) {
            throw new DmnInvalid("The table has more than " + MOST_INPUTS + " inputs or " + MOST_OUTPUTS + " outputs.");
        }
        if (rules.size() > MOST_RULES || rules.size() * (inputs.size() + outputs.size()) > MOST_CELLS) {
            throw new DmnInvalid("The table has more than " + MOST_RULES + " rules or " + MOST_CELLS + " cells.");
        }
        var read = new ArrayList<DmnTable.Rule>();
        for (var rule : rules) {
            read.add(rule(rule, inputs.size(), outputs.size(), read.size() + 1));
        }
        var policy = table.attribute("hitPolicy");
        return new DmnTable(
                decision.attribute("name"),
                policy.isBlank() ? "UNIQUE" : policy.strip(),
                table.attribute("aggregation").strip(),
                inputs,
                outputs,
                List.copyOf(read));
    }

    private static DmnTable.Input input(XmlNode input) {
        var expression = input.all("inputExpression").findFirst().orElse(XmlNode.NOTHING);
        speaksFeel(expression);
        return new DmnTable.Input(
                input.attribute("label").strip(),
                cell(expression),
                expression.attribute("typeRef"),
                input.all("inputValues").findFirst().map(DmnFile::cell).orElse(""));
    }

    private static DmnTable.Output output(XmlNode output) {
        return new DmnTable.Output(
                output.attribute("name").strip(),
                output.attribute("label").strip(),
                output.attribute("typeRef"),
                output.all("outputValues").findFirst().map(DmnFile::cell).orElse(""),
                output.all("defaultOutputEntry").findFirst().map(DmnFile::cell).orElse(""));
    }

    private static DmnTable.Rule rule(XmlNode rule, int inputs, int outputs, int number) {
        var given = rule.all("inputEntry").map(DmnFile::cell).toList();
        var answers = rule.all("outputEntry").map(DmnFile::cell).toList();
        if (given.size() != inputs || answers.size() != outputs) {
            throw new DmnInvalid("Rule " + number + " has " + given.size() + " conditions and " + answers.size()
                    + " results; the table has " + inputs + " inputs and " + outputs + " outputs.");
        }
        return new DmnTable.Rule(given, answers);
    }

    private static String cell(XmlNode node) {
        speaksFeel(node);
        return node.all("text").findFirst().map(text -> text.text().strip()).orElse("");
    }

    private static void speaksFeel(XmlNode node) {
        var language = node.attribute("expressionLanguage").strip();
        if (!language.isEmpty()
                && !language.toLowerCase(Locale.ROOT).replaceAll("/$", "").endsWith("feel")) {
            throw new DmnInvalid("The expression language \"" + XmlNode.clip(language)
                    + "\" is refused: tables are written in FEEL.");
        }
    }
}
