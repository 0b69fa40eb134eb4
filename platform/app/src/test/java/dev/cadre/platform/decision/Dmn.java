package dev.cadre.platform.decision;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes decision tables for tests: columns first, then rules. */
public final class Dmn {

    private final String policy;
    private final StringBuilder columns = new StringBuilder();
    private final StringBuilder rules = new StringBuilder();
    private int inputs;

    private Dmn(String policy) {
        this.policy = policy;
    }

    /** {@code policy} as attributes, such as {@code COLLECT" aggregation="SUM}. */
    public static Dmn table(String policy) {
        return new Dmn(policy);
    }

    public Dmn input(String expression, String type) {
        columns.append("<input label='%s'><inputExpression typeRef='%s'><text>%s</text></inputExpression></input>"
                .formatted(expression, type, escaped(expression)));
        inputs++;
        return this;
    }

    public Dmn output(String name, String type) {
        columns.append("<output name='%s' typeRef='%s'/>".formatted(name, type));
        return this;
    }

    /** One text for each column. */
    public Dmn rule(String... cells) {
        rules.append("<rule>")
                .append(entries("inputEntry", Arrays.copyOfRange(cells, 0, inputs)))
                .append(entries("outputEntry", Arrays.copyOfRange(cells, inputs, cells.length)))
                .append("</rule>");
        return this;
    }

    private static String entries(String name, String[] texts) {
        return Arrays.stream(texts)
                .map(text -> "<%1$s><text>%2$s</text></%1$s>".formatted(name, escaped(text)))
                .collect(Collectors.joining());
    }

    public String xml() {
        return file("<decision id='d' name='Discount'><decisionTable hitPolicy=\"" + policy + "\">" + columns + rules
                + "</decisionTable></decision>");
    }

    /** A DMN 1.3 file with other content. */
    public static String file(String content) {
        return "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='t' namespace='t'>" + content
                + "</definitions>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
