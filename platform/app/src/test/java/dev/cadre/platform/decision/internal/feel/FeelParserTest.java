package dev.cadre.platform.decision.internal.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.decision.internal.feel.FeelInvalid.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells may say, and how they are refused. */
class FeelParserTest {

    private static Object value(String text) {
        var names = Map.of("amount", new BigDecimal("120"), "name", "Ann", "customer", Map.of("tags", List.of("a", 2)));
        return Values.toJson(
                new Evaluation(names).value(FeelParser.expression(text).content(), null));
    }

    private static void refuses(String cell, Reason reason) {
        assertThatThrownBy(() -> FeelParser.test(cell))
                .isInstanceOfSatisfying(
                        FeelInvalid.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void givesOutputsTheirValues() {
        assertThat(value("amount * 0.1")).isEqualTo(12);
        assertThat(value("amount / 7 * 7")).isEqualTo(120);
        assertThat(value("0.1 + 0.2")).isEqualTo(0.3);
        assertThat(value("-amount")).isEqualTo(-120);
        assertThat(value("\"Dear \" + name")).isEqualTo("Dear Ann");
        assertThat(value("amount > 100")).isEqualTo(true);
        assertThat(value("[1, name, null]"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(1, "Ann", null);
        assertThat(value("customer.tags")).isEqualTo(List.of("a", 2));
        assertThat(value("customer.missing.more")).isNull();
        assertThat(value("")).isNull();
        assertThat(value("null")).isNull();
        assertThat(value("amount + customer.missing")).isNull();
        assertThat(value("date(\"2026-01-31\")")).isEqualTo("2026-01-31");
        assertThat(value("duration(\"P1Y2M\")")).isEqualTo("P1Y2M");
        assertThat(value("date and time(\"2026-01-31T10:00:00Z\")")).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(value("upper case(name)")).isEqualTo("ANN");
        assertThat(value("9007199254740993")).isEqualTo(new BigDecimal("9007199254740993"));
    }

    @Test
    void failsInWordsWhereValuesDoNotFit() {
        assertThatThrownBy(() -> value("amount / 0"))
                .isInstanceOf(FeelFailure.class)
                .hasMessage("division by zero");
        assertThatThrownBy(() -> value("name * 2"))
                .isInstanceOf(FeelFailure.class)
                .hasMessage("* does not work on text and a number");
        assertThatThrownBy(() -> value("-name")).isInstanceOf(FeelFailure.class);
        assertThatThrownBy(() -> value("lower case(amount)")).isInstanceOf(FeelFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i in 1..10 return i",
                "some x in [1] satisfies x > 1",
                "every x in [1] satisfies x > 1",
                "if ? > 1 then true else false",
                "function(x) x + 1",
                "function(x) external {java: {class: \"java.lang.Runtime\", method signature: \"exec(java.lang.String)\"}}",
                "matches(?, \"(a+)+$\")",
                "replace(?, \"a\", \"b\")",
                "now()",
                "today()",
                "string(?)",
                "{a: 1}",
                "customer[age > 1]",
                "2 ** 10",
                "? in [1..5]",
                "? between 1 and 5",
                "? instance of number",
                "@\"2026-01-01\"",
                "date(2026, 1, 1)",
                "date(when)",
                "getClass()",
                "T(java.lang.Runtime)"
            })
    void refusesByNameWhatTablesCannotDo(String cell) {
        refuses(cell, Reason.NOT_AVAILABLE);
    }

    @Test
    void namesWhatItRefuses() {
        assertThatThrownBy(() -> FeelParser.test("matches(?, \"a\")"))
                .hasMessage("the function matches() is not available in tables here.");
        assertThatThrownBy(() -> FeelParser.test("string length(?) > 1"))
                .hasMessage("the function string length() is not available in tables here.");
        assertThatThrownBy(() -> FeelParser.test("for i in 1..10 return i"))
                .hasMessage("\"for\" is not available in tables here.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gold silver",
                "> ",
                "[1..",
                "[1..5",
                "1..5",
                "(1",
                "\"open",
                "\"bad \\q\"",
                "\"\\u12\"",
                "1,",
                ",1",
                "5 6",
                "not(5",
                "not(5)x",
                "#",
                "date(\"2026-02-30\")",
                "date(\"yesterday\")",
                "duration(\"P1M1D\")",
                "time(\"25:00:00\")",
                "1e400",
                "a..b",
                "]1, 2[",
                "contains(?)",
                "$x",
                "${x}"
            })
    void refusesWhatItCannotRead(String cell) {
        refuses(cell, Reason.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "number ; \"gold\"",
                "number ; > \"gold\"",
                "number ; [\"a\"..\"b\"]",
                "number ; true",
                "number ; date(\"2026-01-01\")",
                "number ; 1, \"a\"",
                "number ; not(\"a\")",
                "number ; ? = \"a\"",
                "number ; contains(?, \"a\")",
                "number ; [5..1]",
                "number ; (1..1)",
                "number ; \"a\" + 1",
                "number ; ? + 1",
                "string ; 5",
                "string ; > 5",
                "string ; ? * 2 = \"4\"",
                "boolean ; > true",
                "boolean ; \"true\"",
                "date ; \"2026-01-01\"",
                "date ; > duration(\"P1D\")",
                "dayTimeDuration ; duration(\"P1M\")",
                "Any ; [1..\"a\"]"
            })
    void saysWhatCanNeverHold(String type, String cell) {
        var test = FeelParser.test(cell).content();
        assertThatThrownBy(() ->
                        new Typing(Map.of()).check(test, FeelType.named(type).orElseThrow()))
                .isInstanceOfSatisfying(
                        FeelInvalid.class, e -> assertThat(e.reason()).isEqualTo(Reason.TYPE));
    }

    @Test
    void endsWithDeepLongAndHugeCells() {
        refuses("(".repeat(900) + "1" + ")".repeat(900), Reason.UNREADABLE);
        refuses("[".repeat(900) + "]".repeat(900), Reason.UNREADABLE);
        refuses("-".repeat(900) + "1", Reason.UNREADABLE);
        refuses("not(".repeat(300) + "1" + ")".repeat(300), Reason.NOT_AVAILABLE);
        refuses("9".repeat(1_000), Reason.UNREADABLE);
        refuses("1, ".repeat(1_000) + "1", Reason.UNREADABLE);
        assertThat(FeelParser.test("1+".repeat(900) + "1").size()).isGreaterThan(900);
    }

    @Test
    void doesNotLetTextGrowWithoutEnd() {
        var names = Map.of("a", "x".repeat(60_000));
        var twice = FeelParser.expression("a + a").content();
        assertThatThrownBy(() -> new Evaluation(names).value(twice, null)).isInstanceOf(FeelFailure.class);
    }

    @Test
    void staysQuickWithHugeNumbers() {
        var names = Map.of("a", new BigDecimal("1E999999999"), "b", new BigDecimal("1E-999999999"));
        var evaluation = new Evaluation(names);
        for (var text : List.of("a + b", "a * b", "a - b", "a > b", "a / 3")) {
            Values.toJson(evaluation.value(FeelParser.expression(text).content(), null));
        }
        assertThat(evaluation.holds(FeelParser.test("> 5").content(), names.get("a")))
                .isTrue();
    }
}
