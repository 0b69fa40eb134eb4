package dev.cadre.platform.decision.internal.feel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What tests of tables mean: each vector by itself, and as another implementation of FEEL sees it. */
class FeelVectorsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final FeelEngineApi OTHER = FeelEngineBuilder.forJava().build();

    record Vector(
            FeelType type,
            String test,
            @Nullable Object input,
            @Nullable Boolean holds,
            boolean differs) {
        static Vector of(String line) {
            var parts = Arrays.stream(line.split(";", -1)).map(String::strip).toList();
            var type = FeelType.named(parts.get(0)).orElseThrow();
            var input = type.read(JSON.readValue(parts.get(2), Object.class));
            var holds = parts.get(3).equals("null") ? null : Boolean.valueOf(parts.get(3));
            return new Vector(type, parts.get(1), input, holds, parts.size() > 4);
        }
    }

    static List<Vector> vectors() throws IOException {
        try (var file = FeelVectorsTest.class.getResourceAsStream("/feel-vectors.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Vector::of)
                    .toList();
        }
    }

    static Stream<Vector> shared() throws IOException {
        return vectors().stream().filter(vector -> !vector.differs());
    }

    static Stream<Vector> differing() throws IOException {
        return vectors().stream().filter(Vector::differs);
    }

    private static Map<String, Object> names() {
        var names = new HashMap<String, Object>();
        names.put("limit", BigDecimal.TEN);
        names.put("word", "gold");
        names.put("customer", Map.of("age", 42, "tier", "gold"));
        names.put("nothing", null);
        return names;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void holds(Vector vector) {
        var test = FeelParser.test(vector.test()).content();
        new Typing(Map.of("limit", FeelType.NUMBER, "word", FeelType.STRING)).check(test, vector.type());

        assertThat(new Evaluation(names()).holds(test, vector.input())).isEqualTo(vector.holds());
    }

    @ParameterizedTest
    @MethodSource("shared")
    void holdsForAnotherImplementationToo(Vector vector) {
        var parsed = OTHER.parseUnaryTests(vector.test());
        assertThat(parsed.isSuccess()).as(vector.test()).isTrue();

        var result = OTHER.evaluateWithInput(parsed.parsedExpression(), vector.input(), names());

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.result()).isEqualTo(vector.holds());
    }

    /** So that no difference stays written down that is none any more. */
    @ParameterizedTest
    @MethodSource("differing")
    void differsWhereTheVectorSaysSo(Vector vector) {
        var parsed = OTHER.parseUnaryTests(vector.test());
        if (parsed.isSuccess()) {
            var result = OTHER.evaluateWithInput(parsed.parsedExpression(), vector.input(), names());
            assertThat(result.result()).isNotEqualTo(vector.holds());
        }
    }

    @Test
    void areMany() throws IOException {
        assertThat(vectors()).hasSizeGreaterThan(80);
        assertThat(shared()).hasSizeGreaterThan(80);
    }
}
