package dev.cadre.platform.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.spi.StepException.Rejected;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tables decide, and which are refused. */
class DecisionStepTest {

    private final DecisionStep step = new DecisionStep(new StepTypes());

    private static Dmn discount(String policy) {
        return Dmn.table(policy)
                .input("amount", "number")
                .input("tier", "string")
                .output("discount", "number")
                .rule("< 100", "-", "0")
                .rule(">= 100", "\"gold\"", "0.1")
                .rule(">= 100", "not(\"gold\")", "0.05")
                .rule("> 1000", "-", "amount / 10000");
    }

    private Map<String, Object> decide(Dmn table, Map<String, ?> inputs) {
        return read(table.xml()).decide(inputs, false);
    }

    private DecisionTable read(String xml) {
        var reading = step.read(xml);
        assertThat(reading.problems()).isEmpty();
        return reading.table().orElseThrow();
    }

    private void refuses(String xml, String code, String... words) {
        var reading = step.read(xml);
        assertThat(reading.table()).isEmpty();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(List.of(words))
                    .allSatisfy(word -> assertThat(problem.message()).contains(word));
        });
    }

    private void fails(Dmn table, Map<String, ?> inputs, String code, String... words) {
        assertThatThrownBy(() -> decide(table, inputs)).isInstanceOfSatisfying(Rejected.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(List.of(words))
                    .allSatisfy(word -> assertThat(e.getMessage()).contains(word));
        });
    }

    @Test
    void uniqueTakesTheOnlyRuleThatMatches() {
        var output = decide(discount("UNIQUE"), Map.of("amount", 200, "tier", "gold"));
        assertThat(output).isEqualTo(Map.of("discount", 0.1, "result", 0.1, "rules", List.of(2)));
        fails(
                discount("UNIQUE"),
                Map.of("amount", 2_000, "tier", "gold"),
                "SEVERAL_RULES_MATCH",
                "The rules 2, 4 match");
    }

    @Test
    void firstTakesTheFirst() {
        assertThat(decide(discount("FIRST"), Map.of("amount", 2_000, "tier", "gold")))
                .isEqualTo(Map.of("discount", 0.1, "result", 0.1, "rules", List.of(2)));
    }

    @Test
    void anyTakesRulesThatAgree() {
        var table = Dmn.table("ANY")
                .input("amount", "number")
                .output("size", "string")
                .rule("> 10", "\"large\"")
                .rule("> 100", "\"large\"")
                .rule("> 1000", "\"huge\"");
        assertThat(decide(table, Map.of("amount", 500)))
                .containsEntry("result", "large")
                .containsEntry("rules", List.of(1, 2));
        fails(table, Map.of("amount", 5_000), "RULES_DISAGREE", "1, 2, 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COLLECT", "RULE ORDER"})
    void collectsAll(String policy) {
        assertThat(decide(discount(policy), Map.of("amount", 2_000, "tier", "gold")))
                .containsEntry("result", List.of(0.1, 0.2))
                .containsEntry("discount", List.of(0.1, 0.2))
                .containsEntry("rules", List.of(2, 4));
        var none = new HashMap<String, Object>();
        none.put("amount", null);
        none.put("tier", null);
        assertThat(decide(discount(policy), none)).containsEntry("result", List.of());
    }

    @ParameterizedTest
    @CsvSource({"SUM, 0.3", "MIN, 0.1", "MAX, 0.2"})
    void aggregates(String aggregation, double expected) {
        var table = discount("COLLECT\" aggregation=\"" + aggregation);
        assertThat(decide(table, Map.of("amount", 2_000, "tier", "gold")))
                .containsEntry("result", expected)
                .containsEntry("rules", List.of(2, 4));
    }

    @Test
    void counts() {
        var table = discount("COLLECT\" aggregation=\"COUNT");
        assertThat(decide(table, Map.of("amount", 2_000, "tier", "gold"))).containsEntry("result", 2);
    }

    @Test
    void givesSeveralOutputsTogetherAndByName() {
        var table = Dmn.table("FIRST")
                .input("age", "number")
                .output("ok", "boolean")
                .output("why", "string")
                .rule(">= 18", "true", "")
                .rule("-", "false", "\"too young\"");
        assertThat(decide(table, Map.of("age", 17)))
                .isEqualTo(Map.of(
                        "ok",
                        false,
                        "why",
                        "too young",
                        "result",
                        Map.of("ok", false, "why", "too young"),
                        "rules",
                        List.of(2)));
        assertThat(decide(
                        Dmn.table("COLLECT")
                                .input("age", "number")
                                .output("a", "number")
                                .output("b", "number")
                                .rule("-", "1", "2"),
                        Map.of("age", 1)))
                .containsEntry("result", List.of(Map.of("a", 1, "b", 2)));
    }

    @Test
    void givesNullOrFailsWhenNoRuleMatches() {
        var table = Dmn.table("UNIQUE")
                .input("amount", "number")
                .output("size", "string")
                .rule("> 10", "\"large\"");
        var output = decide(table, Map.of("amount", 5));
        assertThat(output)
                .containsEntry("result", null)
                .containsEntry("size", null)
                .containsEntry("rules", List.of());

        assertThatThrownBy(() -> read(table.xml()).decide(Map.of("amount", 5), true))
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.code()).isEqualTo("NO_RULE_MATCHES"));
    }

    @Test
    void takesTheDefaultWhenNoRuleMatches() {
        var xml = Dmn.file("<decision name='d'><decisionTable><input><inputExpression><text>a</text></inputExpression>"
                + "</input><output name='o'><defaultOutputEntry><text>\"other\"</text></defaultOutputEntry></output>"
                + "<rule><inputEntry><text>1</text></inputEntry><outputEntry><text>\"one\"</text></outputEntry></rule>"
                + "</decisionTable></decision>");
        assertThat(read(xml).decide(Map.of("a", 2), false)).containsEntry("result", "other");
        assertThat(read(xml).decide(Map.of("a", 1), false)).containsEntry("result", "one");
    }

    @Test
    void readsPathsAndComputesInputs() {
        var table = Dmn.table("FIRST")
                .input("order.lines", "number")
                .input("order.price * order.lines", "number")
                .input("due", "date")
                .output("late", "boolean")
                .rule("> 1", "> 100", "< date(\"2026-02-01\")", "true")
                .rule("-", "-", "-", "due > date(\"2027-01-01\")");
        var order = Map.of("price", 60, "lines", 2);
        assertThat(decide(table, Map.of("order", order, "due", "2026-01-31"))).containsEntry("late", true);
        assertThat(decide(table, Map.of("order", order, "due", "2027-01-31")))
                .containsEntry("late", true)
                .containsEntry("rules", List.of(2));
    }

    @Test
    void refusesValuesThatAreNotWhatAColumnSays() {
        var inputs = Map.of("amount", "200", "tier", "gold");
        fails(discount("FIRST"), inputs, "INVALID_INPUT", "\"amount\" must be a number, not text");
        fails(
                discount("FIRST"),
                Map.of("amount", 1, "tier", 5),
                "INVALID_INPUT",
                "\"tier\" must be text, not a number");
        var dated = Dmn.table("FIRST").input("d", "date").output("o", "string").rule("-", "\"x\"");
        fails(dated, Map.of("d", "tomorrow"), "INVALID_INPUT", "must be a date");
        var failing =
                Dmn.table("FIRST").input("a", "number").output("o", "number").rule("-", "1 / a");
        fails(failing, Map.of("a", 0), "DECISION_FAILED", "Rule 1, column \"o\": division by zero");
        var other = Dmn.table("FIRST").input("a", "Any").output("o", "number").rule("-", "a");
        fails(other, Map.of("a", "text"), "DECISION_FAILED", "Rule 1, column \"o\"");
        fails(
                Dmn.table("COLLECT\" aggregation=\"SUM")
                        .input("a", "Any")
                        .output("o", "Any")
                        .rule("-", "a"),
                Map.of("a", "text"),
                "DECISION_FAILED",
                "SUM needs numbers");
    }

    @Test
    void allowsOnlyTheValuesThatAColumnNames() {
        var xml = Dmn.file("<decision name='d'><decisionTable><input label='Tier'><inputExpression typeRef='string'>"
                + "<text>tier</text></inputExpression><inputValues><text>\"gold\",\"silver\"</text></inputValues></input>"
                + "<output name='o' typeRef='string'><outputValues><text>\"a\",\"b\"</text></outputValues></output>"
                + "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>\"%s\"</text></outputEntry></rule>"
                + "</decisionTable></decision>");
        assertThat(read(xml.formatted("a")).decide(Map.of("tier", "gold"), false))
                .containsEntry("result", "a");
        assertThatThrownBy(() -> read(xml.formatted("a")).decide(Map.of("tier", "lead"), false))
                .hasMessageContaining("does not allow");
        refuses(xml.formatted("c"), "decision-type-mismatch", "Rule 1, column o");
    }

    @Test
    void namesRuleAndColumnOfWhatItCannotRead() {
        var table = Dmn.table("FIRST")
                .input("amount", "number")
                .output("o", "string")
                .rule("matches(?, \"x\")", "\"a\"")
                .rule("> ", "\"a\"")
                .rule("\"gold\"", "\"a\"")
                .rule("-", "5");
        refuses(table.xml(), "feel-not-available", "Rule 1, column amount: the function matches()");
        refuses(table.xml(), "invalid-feel", "Rule 2, column amount");
        refuses(table.xml(), "decision-type-mismatch", "Rule 3, column amount: a number is never text");
        refuses(table.xml(), "decision-type-mismatch", "Rule 4, column o: must be text, not a number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PRIORITY", "OUTPUT ORDER", "BEST", "COLLECT\" aggregation=\"AVG", "FIRST\" aggregation=\"SUM"})
    void refusesOtherHitPolicies(String policy) {
        refuses(discount(policy).xml(), "hit-policy-not-available");
    }

    @Test
    void refusesTablesThatAreNotFinished() {
        refuses(Dmn.table("FIRST").input("a", "number").output("o", "string").xml(), "invalid-decision", "no rules");
        refuses(Dmn.table("FIRST").output("o", "string").xml(), "invalid-decision", "at least one input");
        refuses(
                Dmn.table("FIRST")
                        .input("", "number")
                        .output("o", "")
                        .rule("-", "1")
                        .xml(),
                "invalid-decision",
                "reads nothing");
        refuses(
                Dmn.table("FIRST")
                        .input("a", "money")
                        .output("o", "")
                        .rule("-", "1")
                        .xml(),
                "invalid-decision",
                "\"money\"");
        refuses(
                Dmn.table("FIRST")
                        .input("a", "")
                        .output("o", "")
                        .output("o", "")
                        .rule("-", "1", "2")
                        .xml(),
                "invalid-decision",
                "same name");
        refuses(
                Dmn.table("FIRST")
                        .input("a", "")
                        .output("result", "")
                        .output("o", "")
                        .rule("-", "1", "2")
                        .xml(),
                "invalid-decision",
                "taken");
        refuses(
                Dmn.table("FIRST")
                        .input("a", "")
                        .output("", "")
                        .output("o", "")
                        .rule("-", "1", "2")
                        .xml(),
                "invalid-decision",
                "needs a name");
        refuses(Dmn.table("FIRST").input("a", "").output("o", "").rule("-").xml(), "invalid-decision", "Rule 1 has");
        refuses(
                Dmn.table("COLLECT\" aggregation=\"SUM")
                        .input("a", "")
                        .output("x", "")
                        .output("y", "")
                        .rule("-", "1", "2")
                        .xml(),
                "hit-policy-not-available",
                "one output");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a",
                "<definitions/>",
                "<definitions xmlns='http://www.omg.org/spec/DMN/20180521/MODEL/'/>",
                "<!DOCTYPE definitions [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><definitions>&x;</definitions>",
                "<!DOCTYPE definitions SYSTEM 'http://127.0.0.1:1/x.dtd'><definitions/>",
                "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><d>&b;&b;</d>",
                "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'>&undefined;</definitions>"
            })
    void refusesWhatIsNoDmn(String xml) {
        refuses(xml, "invalid-decision");
    }

    @Test
    void refusesOtherLanguagesAndOtherLogic() {
        var input = "<decision name='d'><decisionTable><input><inputExpression expressionLanguage='javascript'>"
                + "<text>java.lang.Runtime</text></inputExpression></input><output/></decisionTable></decision>";
        refuses(Dmn.file(input), "invalid-decision", "javascript");
        var entry = "<decision name='d'><decisionTable><input><inputExpression><text>a</text></inputExpression></input>"
                + "<output/><rule><inputEntry expressionLanguage='groovy'><text>x</text></inputEntry><outputEntry/></rule>"
                + "</decisionTable></decision>";
        refuses(Dmn.file(entry), "invalid-decision", "groovy");
        refuses(
                Dmn.file("<decision name='d'><literalExpression><text>1</text></literalExpression></decision>"),
                "invalid-decision");
        refuses(Dmn.file("<businessKnowledgeModel id='b'/><decision/>"), "invalid-decision", "businessKnowledgeModel");
        refuses(
                Dmn.file("<import importType='x' locationURI='http://127.0.0.1:1/'/><decision/>"),
                "invalid-decision",
                "import");
        refuses(Dmn.file("<decision/><decision/>"), "invalid-decision", "several");
        refuses(Dmn.file(""), "invalid-decision", "no decision");
    }

    @Test
    void refusesHugeAndDeepFiles() {
        refuses(Dmn.file("<a>".repeat(5_000) + "</a>".repeat(5_000)), "invalid-decision", "too deep");
        refuses(Dmn.file(" ".repeat(1_100_000)), "invalid-decision", "1 MB");
        refuses(Dmn.file("<a/>".repeat(200_000)), "invalid-decision", "too many");
        var long_ = Dmn.table("FIRST").input("a", "number").output("o", "number");
        for (int i = 0; i < 2_001; i++) {
            long_.rule("-", "1");
        }
        refuses(long_.xml(), "invalid-decision", "2000 rules");
        var wide = Dmn.table("FIRST").output("o", "number");
        for (int i = 0; i < 51; i++) {
            wide.input("a", "number");
        }
        refuses(wide.xml(), "invalid-decision", "50 inputs");
        var heavy = Dmn.table("FIRST").input("a", "number").output("o", "number");
        for (int i = 0; i < 500; i++) {
            heavy.rule("-", "1+".repeat(450) + "1");
        }
        refuses(heavy.xml(), "invalid-decision", "split it");
    }

    @Test
    void decidesByTheLargestTable() {
        var table =
                Dmn.table("UNIQUE").input("a", "number").input("b", "string").output("o", "number");
        for (int i = 0; i < 2_000; i++) {
            table.rule("[" + i + ".." + (i + 1) + ")", "\"x\",\"y\"", String.valueOf(i));
        }
        var read = read(table.xml());
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(read.decide(Map.of("a", 1_999.5, "b", "y"), false)).containsEntry("result", 1_999);
            }
        });
    }

    @Test
    void remembersATableAsLongAsSomebodyHoldsIt() throws Exception {
        var table = read(discount("FIRST").xml());
        assertThat(step.read(discount("FIRST").xml()).table()).containsSame(table);

        var request = table.request(Map.of("amount", 200, "tier", "gold"), false);
        System.gc();
        assertThat(step.perform(dev.cadre.platform.shared.OrganizationId.create(), request, null, null))
                .containsEntry("result", 0.1);
        assertThatThrownBy(() -> step.perform(
                        dev.cadre.platform.shared.OrganizationId.create(),
                        Map.of("table", "0".repeat(64), "inputs", Map.of()),
                        null,
                        null))
                .isInstanceOf(Rejected.class);
        assertThat(table.reads()).containsExactlyInAnyOrder("amount", "tier");
    }
}
