package dev.cadre.plugin.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.spi.StepException;
import dev.cadre.testkit.ToolHarness;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalculatorToolTest {

    static Object calculate(String expression) throws Exception {
        try (var harness = new ToolHarness<>(new CalculatorTool())) {
            return harness.run(Map.of("expression", expression)).get("result");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12.5 * 4             | 50
            1 + 2 * 3            | 7
            (1 + 2) * 3          | 9
            -2^2                 | -4
            2^3^2                | 512
            2 ^ -1               | 0.5
            --3                  | 3
            2 - -3               | 5
            0.1 + 0.2            | 0.3
            1e3 + .5             | 1000.5
            7 / 2                | 3.5
            10 / 5               | 2
            max(1, 7, 3)         | 7
            min(4, 2)            | 2
            sum(1, 2, 3.5)       | 6.5
            avg(1, 2)            | 1.5
            round(2.5)           | 3
            round(3.14159, 2)    | 3.14
            floor(-1.5)          | -2
            ceil(1.2)            | 2
            abs(-3)              | 3
            sqrt(16)             | 4
            log(1000)            | 3
            ln(e)                | 1
            exp(0)               | 1
            cos(0)               | 1
            SUM(1,1)             | 2
            2*3e0                | 6
            9007199254740993 + 0 | 9007199254740993
            """)
    void calculates(String expression, BigDecimal expected) throws Exception {
        assertThat(new BigDecimal(calculate(expression).toString())).isEqualByComparingTo(expected);
    }

    @Test
    void wholeResultsAreWholeNumbers() throws Exception {
        assertThat(calculate("12.5 * 4")).isEqualTo(50);
        assertThat(calculate("2^40")).isEqualTo(1L << 40);
        assertThat(calculate("0.0")).isEqualTo(0);
    }

    @Test
    void rootsAndAnglesAreGoodToManyDigits() throws Exception {
        assertThat(calculate("sqrt(2)").toString()).startsWith("1.41421356237309504880168872420969");
        assertThat(calculate("sin(pi / 2)")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 +                     | ends too early
            1 + * 2                 | at character 5
            2 2                     | "2" is not expected (at character 3
            (1                      | ")" is missing
            1 / 0                   | divides by zero (at character 3
            x + 1                   | "x" is not known
            system(1)               | "system" is not known
            sqrt(-1)                | no square root
            ln(0)                   | logarithm
            sqrt(1, 2)              | takes one number
            2^1000000               | at most 999
            9^999^999               | too large
            1e999999999             | not a number that can be used
            10^900 * 10^900         | too large
            round(1, 1e9)           | keeps up to 100 decimals
            1;2                     | ";" is not expected
            T(java.lang.Runtime)    | "java" is not known
            #{1}                    | not expected
            """)
    void saysWhatIsWrongAndWhere(String expression, String message) {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> calculate(expression))
                .withMessageContaining(message)
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("CALCULATOR_EXPRESSION"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "2^", "abs("})
    void staysBounded(String part) {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> calculate(part.repeat(200) + "1" + ")".repeat(part.endsWith("(") ? 199 : 1)));
    }

    @Test
    void refusesTextThatIsTooLong() {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> calculate("1+".repeat(501) + "1"))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("INVALID_INPUT"));
    }
}
