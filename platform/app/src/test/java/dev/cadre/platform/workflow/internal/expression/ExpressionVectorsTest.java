package dev.cadre.platform.workflow.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.spi.StepException.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** The vectors that the browser's preview is tested with too. */
class ExpressionVectorsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    record File(String about, Map<String, Map<String, Object>> shared, List<Map<String, Object>> vectors) {}

    @TestFactory
    Stream<DynamicTest> answersAsTheBrowserDoes() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/expression-vectors.json")) {
            var file = JSON.readValue(in, File.class);
            return file.vectors().stream()
                    .map(vector -> DynamicTest.dynamicTest((String) vector.get("name"), () -> check(vector, file)));
        }
    }

    @SuppressWarnings("unchecked")
    private static void check(Map<String, Object> vector, File file) {
        var data = vector.get("data") instanceof String name
                ? file.shared().get(name)
                : (Map<String, Object>) vector.get("data");
        if (vector.containsKey("error")) {
            assertThat(outcome(vector.get("template"), data)).isEqualTo(vector.get("error"));
        } else {
            var result = Compiled.template(vector.get("template")).value().evaluate(data);
            assertThat(JSON.writeValueAsString(result)).isEqualTo(JSON.writeValueAsString(vector.get("result")));
        }
    }

    private static Object outcome(Object template, Map<String, Object> data) {
        try {
            return Compiled.template(template).value().evaluate(data);
        } catch (ExpressionInvalid e) {
            return "INVALID_EXPRESSION";
        } catch (Rejected e) {
            return e.code();
        }
    }
}
