package dev.cadre.platform.decision.internal.dmn;

import java.util.List;

/**
 * A decision table as the file says it, with nothing of it understood yet. Texts that are missing are empty.
 *
 * @param name of the decision
 * @param hitPolicy as the file writes it
 */
public record DmnTable(
        String name, String hitPolicy, String aggregation, List<Input> inputs, List<Output> outputs, List<Rule> rules) {

    /** A column that is asked. {@code allowed} are unary tests. */
    public record Input(String label, String expression, String typeRef, String allowed) {

        /** What people call the column. */
        public String title() {
            return label.isBlank() ? expression : label;
        }
    }

    /** A column that is answered. */
    public record Output(String name, String label, String typeRef, String allowed, String standard) {

        /** What people call the column. */
        public String title() {
            return !label.isBlank() ? label : !name.isBlank() ? name : "result";
        }
    }

    /** A row: one text for each column. */
    public record Rule(List<String> inputs, List<String> outputs) {}
}
