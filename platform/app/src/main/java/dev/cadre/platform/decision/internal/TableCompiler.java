package dev.cadre.platform.decision.internal;

import dev.cadre.platform.decision.DecisionProblem;
import dev.cadre.platform.decision.internal.HitPolicy.Aggregation;
import dev.cadre.platform.decision.internal.dmn.DmnTable;
import dev.cadre.platform.decision.internal.feel.Evaluation;
import dev.cadre.platform.decision.internal.feel.Expression;
import dev.cadre.platform.decision.internal.feel.FeelInvalid;
import dev.cadre.platform.decision.internal.feel.FeelParser;
import dev.cadre.platform.decision.internal.feel.FeelType;
import dev.cadre.platform.decision.internal.feel.Typing;
import dev.cadre.platform.decision.internal.feel.UnaryTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads every cell of a table and says what is wrong with it. One table, one compiler. */
public final class TableCompiler {

    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_PARTS = 200_000;
    private static final Set<String> RESERVED = Set.of("result", "rules");

    private final DmnTable drawn;
    private final List<DecisionProblem> problems = new ArrayList<>();
    private final Map<String, FeelType> types = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int parts;

    public TableCompiler(DmnTable drawn) {
        this.drawn = drawn;
    }

    /** What is wrong; empty when {@link #compile} gave something that can be used. */
    public List<DecisionProblem> problems() {
        return List.copyOf(problems);
    }

    public CompiledTable compile() {
        var policy = HitPolicy.named(drawn.hitPolicy()).orElse(null);
        if (policy == null) {
            say(
                    "hit-policy-not-available",
                    "The hit policy \"" + clip(drawn.hitPolicy())
                            + "\" is not available: use UNIQUE, FIRST, ANY, COLLECT or RULE ORDER.");
            policy = HitPolicy.FIRST;
        }
        var aggregation = aggregation(policy);
        var inputs = drawn.inputs().stream().map(this::input).toList();
        var outputs = outputs(aggregation);
        if (drawn.rules().isEmpty()) {
            say("invalid-decision", "The table has no rules yet.");
        }
        var rules = new ArrayList<CompiledTable.Rule>();
        for (var rule : drawn.rules()) {
            rules.add(rule(rule, rules.size() + 1, inputs, outputs));
            if (parts > MOST_PARTS) {
                say("invalid-decision", "The table says more than " + MOST_PARTS + " things: split it.");
                break;
            }
        }
        return new CompiledTable(policy, aggregation, inputs, outputs, List.copyOf(rules), Set.copyOf(names));
    }

    private Aggregation aggregation(HitPolicy policy) {
        var aggregation = HitPolicy.aggregation(drawn.aggregation()).orElse(null);
        if (aggregation == null) {
            say(
                    "hit-policy-not-available",
                    "The aggregation \"" + clip(drawn.aggregation())
                            + "\" is not available: use SUM, MIN, MAX or COUNT, or none.");
            return Aggregation.LIST;
        }
        if (aggregation != Aggregation.LIST && policy != HitPolicy.COLLECT) {
            say("hit-policy-not-available", aggregation + " needs the hit policy COLLECT.");
        }
        return aggregation;
    }

    private CompiledTable.Input input(DmnTable.Input column) {
        var title = column.title().isBlank() ? "an input" : column.title();
        var place = "Column " + clip(title);
        var type = type(column.typeRef(), place);
        if (column.expression().isEmpty()) {
            say("invalid-decision", place + ": it reads nothing. Say which input it is about.");
        }
        var expression = expression(column.expression(), place);
        String name = null;
        if (expression instanceof Expression.Reference(var path) && path.size() == 1) {
            name = path.getFirst();
            types.put(name, type);
        }
        var allowed = column.allowed().isEmpty() ? null : test(column.allowed(), place + ", allowed values", type);
        return new CompiledTable.Input(title, expression, type, name, allowed);
    }

    private List<CompiledTable.Output> outputs(Aggregation aggregation) {
        boolean several = drawn.outputs().size() > 1;
        if (several && aggregation != Aggregation.LIST) {
            say("hit-policy-not-available", aggregation + " needs a table with one output.");
        }
        var seen = new HashSet<String>();
        return drawn.outputs().stream()
                .map(column -> {
                    var place = "Output " + clip(column.title());
                    if (several && column.name().isEmpty()) {
                        say("invalid-decision", place + ": it needs a name, as the table has several outputs.");
                    } else if (!seen.add(column.name())) {
                        say("invalid-decision", place + ": another output has the same name.");
                    } else if (several && RESERVED.contains(column.name())
                            || column.name().equals("rules")) {
                        say("invalid-decision", place + ": this name is taken; choose another.");
                    }
                    var type = type(column.typeRef(), place);
                    var standard = column.standard().isEmpty() ? null : value(column.standard(), place, type);
                    return new CompiledTable.Output(column.name(), column.title(), type, standard);
                })
                .toList();
    }

    private CompiledTable.Rule rule(
            DmnTable.Rule rule, int number, List<CompiledTable.Input> inputs, List<CompiledTable.Output> outputs) {
        var tests = new ArrayList<UnaryTest>();
        for (int i = 0; i < inputs.size(); i++) {
            var column = inputs.get(i);
            tests.add(test(rule.inputs().get(i), cell(number, column.title()), column.type()));
        }
        var values = new ArrayList<Expression>();
        for (int i = 0; i < outputs.size(); i++) {
            var column = outputs.get(i);
            var place = cell(number, column.title());
            var value = value(rule.outputs().get(i), place, column.type());
            values.add(value);
            allowed(value, drawn.outputs().get(i).allowed(), place);
        }
        return new CompiledTable.Rule(List.copyOf(tests), List.copyOf(values));
    }

    /** A value as it is written must be one that the output may have. */
    private void allowed(Expression value, String allowed, String place) {
        if (allowed.isEmpty() || !(value instanceof Expression.Literal(var literal)) || literal == null) {
            return;
        }
        try {
            if (Boolean.FALSE.equals(
                    new Evaluation(Map.of()).holds(FeelParser.test(allowed).content(), literal))) {
                say("decision-type-mismatch", place + ": the value is none of " + clip(allowed) + ".");
            }
        } catch (FeelInvalid e) {
            say(place + ", allowed values", e);
        }
    }

    private FeelType type(String typeRef, String place) {
        return FeelType.named(typeRef).orElseGet(() -> {
            say(
                    "invalid-decision",
                    place + ": the type \"" + clip(typeRef)
                            + "\" is not known. Use string, number, boolean, date, time, dateTime, dayTimeDuration,"
                            + " yearMonthDuration or Any.");
            return FeelType.ANY;
        });
    }

    private UnaryTest test(String text, String place, FeelType type) {
        try {
            var cell = FeelParser.test(text);
            taken(cell);
            new Typing(types).check(cell.content(), type);
            return cell.content();
        } catch (FeelInvalid e) {
            say(place, e);
            return new UnaryTest.Anything();
        }
    }

    private Expression value(String text, String place, FeelType type) {
        var expression = expression(text, place);
        try {
            var given = new Typing(types).of(expression, FeelType.ANY);
            if (type != FeelType.ANY && given != FeelType.ANY && given != type) {
                say("decision-type-mismatch", place + ": must be " + type.words() + ", not " + given.words() + ".");
            }
        } catch (FeelInvalid e) {
            say(place, e);
        }
        return expression;
    }

    private Expression expression(String text, String place) {
        try {
            var cell = FeelParser.expression(text);
            taken(cell);
            return cell.content();
        } catch (FeelInvalid e) {
            say(place, e);
            return new Expression.Literal(null);
        }
    }

    private void taken(FeelParser.Cell<?> cell) {
        parts += cell.size();
        names.addAll(cell.names());
    }

    private static String cell(int rule, String column) {
        return "Rule " + rule + ", column " + clip(column);
    }

    private void say(String place, FeelInvalid e) {
        var code = switch (e.reason()) {
            case UNREADABLE -> "invalid-feel";
            case NOT_AVAILABLE -> "feel-not-available";
            case TYPE -> "decision-type-mismatch";
        };
        say(code, place + ": " + e.getMessage());
    }

    private void say(String code, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new DecisionProblem(code, message));
        }
    }

    private static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
