package dev.cadre.platform.workflow.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.spi.StepException.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BoundedExpressionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pad('x', 1e8)",
                "$pad('x', -2000000000)",
                "[1..10000000]",
                "$sum([1..10000000])",
                "$sum([1..1000].($i := $; [1..1000].($ * $i)))",
                "($f := function($n) { $f($n + 1) }; $f(0))",
                "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
                "$contains('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', /^(x+x+)+\\1y$/)",
                "$match('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', /(x+x+)+\\1y/)",
                "$replace('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', /(x+x+)+\\1y/, '')",
                "$split('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', /(x+x+)+\\1y/)",
                "$map(['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'], $contains(?, /(x+x+)+\\1y/))",
                "$reduce([1..40], function($a, $i) { {'a': $a, 'b': $a} }, {'x': 1})",
                "$string($reduce([1..40], function($a, $i) { {'a': $a, 'b': $a} }, {'x': 1}))",
                "$reduce([1..40], function($a, $i) { $a & $a }, 'xxxxxxxxxx')",
                "$reduce([1..40], function($a, $i) { $append($a, $a) }, [1, 2])",
                "$join($map([1..50000], function($i) { 'x' }), $pad('', 900000))",
                "$replace($pad('', 900000, 'a'), 'a', $pad('', 900000))",
                "$map([1..90000], $pad('x', ?))",
                "$length($join($map([1..90000], function($i) { $pad('x', 900000) })))",
            })
    void endsWhatRunsAway(String expression) {
        var compiled = Source.of(expression).compile();

        assertThatThrownBy(() -> compiled.evaluate(Map.of()))
                .isInstanceOf(Rejected.class)
                .extracting(e -> ((Rejected) e).code())
                .isEqualTo("EXPRESSION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$eval('1')",
                "/(a+)+$/('aaaa')",
                "('aaaa' ~> /(a+)+$/)",
                "($r := /(a+)+$/; $r('aaaa'))",
                "$map(['aaaa'], /(a+)+$/)",
                "$contains('aaaa', ($r := /(a+)+$/; $r('aaaa')))",
                "($contains := function($s, $r) { $r($s) }; $contains('aaaa', /(a+)+$/))",
                "[/a/][0]('aaa')",
            })
    void refusesWhatItCannotBound(String expression) {
        assertThatThrownBy(() -> Source.of(expression).compile()).isInstanceOf(ExpressionInvalid.class);
    }

    @Test
    void survivesDeepNestingAndLength() {
        assertThatThrownBy(() ->
                        Source.of("(".repeat(4000) + "1" + ")".repeat(4000)).compile())
                .isInstanceOf(ExpressionInvalid.class);
        assertThatThrownBy(() -> Source.of("1+".repeat(6000) + "1").compile()).isInstanceOf(ExpressionInvalid.class);
    }

    @Test
    void reachesNoHostObject() {
        for (var expression : List.of("$getClass()", "trigger.class", "trigger.getClass()", "$$.class.forName('x')")) {
            assertThatThrownBy(() -> Source.of(expression).compile().evaluate(Map.of("trigger", Map.of())))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void namesTheMissingPath() {
        assertThatThrownBy(() -> Source.of("trigger.body.price * 2").compile().evaluate(Map.of("trigger", Map.of())))
                .hasMessageContaining("trigger.body.price");
        assertThatThrownBy(() -> Source.of("trigger.body.price").compile().evaluate(Map.of("trigger", Map.of())))
                .hasMessageContaining("trigger.body is missing");
    }

    @Test
    void tellsTheTimeOfThisEvaluation() throws Exception {
        var expression = Source.of("$millis()").compile();
        var first = (Number) expression.evaluate(Map.of());
        Thread.sleep(5);
        var second = (Number) expression.evaluate(Map.of());

        assertThat(second.longValue()).isGreaterThan(first.longValue());
    }

    @Test
    void keepsThreadsApart() throws Exception {
        var shared = Source.of("($x := value; $sum($map([1..50], function($i) { $i * $x })) - 1275 * $x + $x)")
                .compile();
        var leaking = Source.of("$exists($x) ? $x : 'nothing'").compile();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var work = new ArrayList<Callable<Boolean>>();
            IntStream.range(0, 2000)
                    .forEach(i -> work.add(() -> {
                        if (i % 5 == 0) {
                            Source.of("($x := 'secret'; $x & " + i + ")")
                                    .compile()
                                    .evaluate(Map.of());
                        }
                        return Integer.valueOf(i).equals(shared.evaluate(Map.of("value", i)))
                                && "nothing".equals(leaking.evaluate(Map.of()));
                    }));
            for (var future : threads.invokeAll(work)) {
                assertThat(future.get()).isTrue();
            }
        }
    }

    @Test
    void conditionsFollowJsonatasBoolean() {
        assertThat(Compiled.braced("{{ trigger.n }}").value().test(Map.of("trigger", Map.of("n", 0))))
                .isFalse();
        assertThat(Compiled.braced(" {{ trigger.n > 1 }} ").value().test(Map.of("trigger", Map.of("n", 2))))
                .isTrue();
        assertThatThrownBy(() -> Compiled.braced("{{ a }} and {{ b }}")).isInstanceOf(ExpressionInvalid.class);
    }

    @Test
    void findsWhatAnExpressionReads() {
        assertThat(References.rootPaths(
                        Source.of("steps.a.b[price > steps2].c + $sum(steps.c.rows.(x * y)) & trigger.body.id")
                                .tokens()))
                .containsExactly(
                        List.of("steps", "a", "b"), List.of("steps", "c", "rows"), List.of("trigger", "body", "id"));
    }
}
