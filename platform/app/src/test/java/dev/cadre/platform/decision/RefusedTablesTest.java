package dev.cadre.platform.decision;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tables are refused, and in which words. */
class RefusedTablesTest extends DecisionTables {

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
}
