package dev.cadre.platform.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.spi.StepException.Rejected;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tables decide. */
class DecisionStepTest extends DecisionTables {

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
