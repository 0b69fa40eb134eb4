package dev.cadre.platform.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.spi.StepException.Rejected;
import java.util.List;
import java.util.Map;

/** What tests of decision tables share: a table, and what becomes of one. */
abstract class DecisionTables {

    final DecisionStep step = new DecisionStep(new StepTypes());

    static Dmn discount(String policy) {
        return Dmn.table(policy)
                .input("amount", "number")
                .input("tier", "string")
                .output("discount", "number")
                .rule("< 100", "-", "0")
                .rule(">= 100", "\"gold\"", "0.1")
                .rule(">= 100", "not(\"gold\")", "0.05")
                .rule("> 1000", "-", "amount / 10000");
    }

    Map<String, Object> decide(Dmn table, Map<String, ?> inputs) {
        return read(table.xml()).decide(inputs, false);
    }

    DecisionTable read(String xml) {
        var reading = step.read(xml);
        assertThat(reading.problems()).isEmpty();
        return reading.table().orElseThrow();
    }

    void refuses(String xml, String code, String... words) {
        var reading = step.read(xml);
        assertThat(reading.table()).isEmpty();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(List.of(words))
                    .allSatisfy(word -> assertThat(problem.message()).contains(word));
        });
    }

    void fails(Dmn table, Map<String, ?> inputs, String code, String... words) {
        assertThatThrownBy(() -> decide(table, inputs)).isInstanceOfSatisfying(Rejected.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(List.of(words))
                    .allSatisfy(word -> assertThat(e.getMessage()).contains(word));
        });
    }
}
