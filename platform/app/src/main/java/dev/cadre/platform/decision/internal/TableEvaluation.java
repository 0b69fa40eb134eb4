package dev.cadre.platform.decision.internal;

import dev.cadre.platform.decision.internal.feel.Evaluation;
import dev.cadre.platform.decision.internal.feel.Expression;
import dev.cadre.platform.decision.internal.feel.FeelFailure;
import dev.cadre.platform.decision.internal.feel.FeelType;
import dev.cadre.platform.decision.internal.feel.Values;
import dev.cadre.spi.StepException.Rejected;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** One decision: which rules of a table match the inputs of a step, and what follows. */
public final class TableEvaluation {

    private static final String FAILED = "DECISION_FAILED";

    private final CompiledTable table;
    private final Evaluation evaluation;
    private final List<@Nullable Object> inputs = new ArrayList<>();

    private TableEvaluation(CompiledTable table, Map<String, ?> given) {
        this.table = table;
        var names = new HashMap<String, @Nullable Object>();
        given.forEach((name, value) -> names.put(name, Values.fromJson(value)));
        this.evaluation = new Evaluation(names);
        for (var column : table.inputs()) {
            var value = input(column);
            inputs.add(value);
            if (column.name() != null) {
                names.put(column.name(), value);
            }
        }
    }

    /**
     * The output of the step: {@code result}, the numbers of the rules that matched under {@code rules}, and where the
     * hit policy gives one answer, each output under its name.
     *
     * @param required whether it is a failure that no rule matches
     * @throws Rejected what the table cannot decide
     */
    public static Map<String, Object> of(CompiledTable table, Map<String, ?> inputs, boolean required) {
        return new TableEvaluation(table, inputs).decide(required);
    }

    private @Nullable Object input(CompiledTable.Input column) {
        try {
            var value = column.type().read(Values.toJson(evaluation.value(column.expression(), null)));
            var allowed = column.allowed();
            if (allowed != null && value != null && !Boolean.TRUE.equals(evaluation.holds(allowed, value))) {
                throw new FeelFailure("has a value that the table does not allow");
            }
            return value;
        } catch (FeelFailure e) {
            throw new Rejected("INVALID_INPUT", "The input \"" + column.title() + "\" " + e.getMessage() + ".");
        }
    }

    private Map<String, Object> decide(boolean required) {
        var matching = matching();
        if (matching.isEmpty() && required) {
            throw new Rejected("NO_RULE_MATCHES", "No rule of the table matches.");
        }
        if (matching.size() > 1 && table.policy() == HitPolicy.UNIQUE) {
            throw new Rejected(
                    "SEVERAL_RULES_MATCH",
                    "The rules " + list(matching) + " match, but the hit policy UNIQUE lets one match at most.");
        }
        var answers = matching.stream().map(this::answer).toList();
        var output = table.policy().single() ? single(matching, answers) : all(answers);
        output.put("rules", List.copyOf(matching));
        return output;
    }

    /** The numbers of the rules that match, from 1. */
    private List<Integer> matching() {
        var matching = new ArrayList<Integer>();
        int number = 0;
        for (var rule : table.rules()) {
            number++;
            if (matches(rule, number)) {
                matching.add(number);
                if (table.policy() == HitPolicy.FIRST) {
                    break;
                }
            }
        }
        return matching;
    }

    private boolean matches(CompiledTable.Rule rule, int number) {
        for (int i = 0; i < inputs.size(); i++) {
            try {
                if (!Boolean.TRUE.equals(evaluation.holds(rule.tests().get(i), inputs.get(i)))) {
                    return false;
                }
            } catch (FeelFailure e) {
                throw failure(number, table.inputs().get(i).title(), e);
            }
        }
        return true;
    }

    /** What a rule answers, one value for each output, as JSON. */
    private List<@Nullable Object> answer(int number) {
        var values = table.rules().get(number - 1).values();
        var answer = new ArrayList<@Nullable Object>();
        for (int i = 0; i < values.size(); i++) {
            var column = table.outputs().get(i);
            try {
                answer.add(value(values.get(i), column.type()));
            } catch (FeelFailure e) {
                throw failure(number, column.title(), e);
            }
        }
        return answer;
    }

    private @Nullable Object value(@Nullable Expression expression, FeelType type) {
        var value = expression == null ? null : evaluation.value(expression, null);
        if (!type.fits(value)) {
            throw new FeelFailure("gives something else than " + type.words());
        }
        return Values.toJson(value);
    }

    private static Rejected failure(int rule, String column, FeelFailure e) {
        return new Rejected(FAILED, "Rule " + rule + ", column \"" + column + "\": " + e.getMessage() + ".");
    }

    private Map<String, Object> single(List<Integer> matching, List<List<@Nullable Object>> answers) {
        if (answers.stream().anyMatch(answer -> !answer.equals(answers.getFirst()))) {
            throw new Rejected(
                    "RULES_DISAGREE",
                    "The rules " + list(matching)
                            + " match and say different things; the hit policy ANY lets them not.");
        }
        var answer = answers.isEmpty() ? standard() : answers.getFirst();
        var output = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < answer.size(); i++) {
            if (!table.outputs().get(i).name().isEmpty()) {
                output.put(table.outputs().get(i).name(), answer.get(i));
            }
        }
        output.put("result", answers.isEmpty() && answer.stream().allMatch(Objects::isNull) ? null : result(answer));
        return values(output);
    }

    private List<@Nullable Object> standard() {
        var answer = new ArrayList<@Nullable Object>();
        for (var column : table.outputs()) {
            try {
                answer.add(value(column.standard(), column.type()));
            } catch (FeelFailure e) {
                throw new Rejected(FAILED, "The default of \"" + column.title() + "\": " + e.getMessage() + ".");
            }
        }
        return answer;
    }

    /** The value of the one output, or an object with all of them. */
    private @Nullable Object result(List<@Nullable Object> answer) {
        if (answer.size() == 1) {
            return answer.getFirst();
        }
        var result = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < answer.size(); i++) {
            result.put(table.outputs().get(i).name(), answer.get(i));
        }
        return result;
    }

    private Map<String, Object> all(List<List<@Nullable Object>> answers) {
        var results = new ArrayList<@Nullable Object>();
        for (List<@Nullable Object> answer : answers) {
            results.add(result(answer));
        }
        var output = new LinkedHashMap<String, @Nullable Object>();
        output.put(
                "result",
                switch (table.aggregation()) {
                    case LIST -> results;
                    case COUNT -> results.size();
                    case SUM -> aggregated(results, (a, b) -> a.add(b, MathContext.DECIMAL128));
                    case MIN -> aggregated(results, BigDecimal::min);
                    case MAX -> aggregated(results, BigDecimal::max);
                });
        var name = table.outputs().getFirst().name();
        if (table.outputs().size() == 1 && !name.isEmpty()) {
            output.put(name, output.get("result"));
        }
        return values(output);
    }

    private @Nullable Object aggregated(List<@Nullable Object> results, BinaryOperator<BigDecimal> operator) {
        BigDecimal total = null;
        for (var result : results) {
            if (!(Values.fromJson(result) instanceof BigDecimal number)) {
                throw new Rejected(
                        FAILED, table.aggregation() + " needs numbers, but a rule that matches gives something else.");
            }
            total = total == null ? number : operator.apply(total, number);
        }
        return Values.toJson(total);
    }

    /** JSON values may be null; the outputs of steps do not say so in their type. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, Object> values(Map output) {
        return (Map<String, Object>) output;
    }

    private static String list(List<Integer> numbers) {
        var shown = numbers.stream().limit(10).map(String::valueOf).toList();
        return String.join(", ", shown) + (numbers.size() > 10 ? " and others" : "");
    }
}
