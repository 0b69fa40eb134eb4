package dev.cadre.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cadre.spi.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() {
        var value = new HashMap<String, Object>();
        value.put("a", Arrays.asList(1, 2.5, "x", true, false, null));
        value.put("b", Map.of());
        value.put("c", List.of());
        assertThat(Json.parse(" { \"a\" : [1, 2.5,\"x\",true,false,null] , \"b\":{},\"c\":[ ]} "))
                .isEqualTo(value);
    }

    @Test
    void keepsNumbersExact() {
        assertThat(Json.parse("50")).isEqualTo(50);
        assertThat(Json.parse("-9007199254740993")).isEqualTo(-9007199254740993L);
        assertThat(Json.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parse("9223372036854775808")).isEqualTo(new BigDecimal("9223372036854775808"));
        assertThat(Json.parse("0.1")).isEqualTo(0.1);
        assertThat(Json.parse("1e3")).isEqualTo(1000.0);
        assertThat(Json.parse("0.12345678901234567890")).isEqualTo(new BigDecimal("0.12345678901234567890"));
    }

    @Test
    void readsEscapes() {
        assertThat(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\""))
                .isEqualTo("\"\\/\b\f\n\r\té😀");
    }

    @Test
    void writesWhatItReads() {
        var text = "{\"a\":[1,2.5,\"\\u0001\\n😀\",null],\"b\":{},\"c\":[]}";

        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        assertThat(Json.write("\ud800")).isEqualTo("\"\\ud800\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "+1",
                "--1",
                "nul",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 2",
                "'a'",
                "NaN",
                "\"\n\"",
                "1e999",
                "1e99999999999",
                "[",
                "]"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text)).withMessageStartingWith("Not JSON");
    }

    @Test
    void refusesDepthThatWouldFillTheStack() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[".repeat(100_000)));
        var deep = new HashMap<String, Object>();
        deep.put("deep", deep);
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(deep));
    }

    @Test
    void refusesToWriteWhatJsonDoesNotHave() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(new Object()));
    }
}
