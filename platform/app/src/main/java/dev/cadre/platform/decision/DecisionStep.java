package dev.cadre.platform.decision;

import dev.cadre.platform.decision.internal.TableCompiler;
import dev.cadre.platform.decision.internal.dmn.DmnFile;
import dev.cadre.platform.decision.internal.dmn.DmnInvalid;
import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException.Rejected;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The instant step {@code decision-table}. Tables are read when workflows are compiled and found again by the hash of
 * their content, so that no run reads a file; those that no compiled workflow holds any more are forgotten.
 */
@Component
public class DecisionStep implements StepPerformer.ToolPerformer {

    public static final String ID = "decision-table";

    private static final int TIDIED_AT = 1_000;

    private final Map<String, WeakReference<DecisionTable>> tables = new ConcurrentHashMap<>();

    DecisionStep(StepTypes types) {
        types.add(List.of(new StepType(
                ID,
                "Decision table",
                "Decides by rules in a table: what comes in, what comes out.",
                "Flow",
                "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
                StepType.Kind.CORE,
                new StepType.PluginRef("cadre-decisions", "1"),
                null,
                Map.of("type", "object"),
                outputSchema(),
                this)));
    }

    private static Map<String, Object> outputSchema() {
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "result",
                        Map.of("title", "Result", "description", "What the matching rules say."),
                        "rules",
                        Map.of(
                                "type",
                                "array",
                                "title",
                                "Rules",
                                "description",
                                "The numbers of the rules that matched.",
                                "items",
                                Map.of("type", "integer"))));
    }

    /**
     * What became of a file.
     *
     * @param table empty when there are problems
     */
    public record Reading(Optional<DecisionTable> table, List<DecisionProblem> problems) {}

    /** Reads a DMN 1.3 file with one decision table. */
    public Reading read(String dmnXml) {
        var id = hash(dmnXml);
        var known = find(id);
        if (known != null) {
            return new Reading(Optional.of(known), List.of());
        }
        try {
            var compiler = new TableCompiler(DmnFile.read(dmnXml));
            var compiled = compiler.compile();
            if (!compiler.problems().isEmpty()) {
                return new Reading(Optional.empty(), compiler.problems());
            }
            return new Reading(Optional.of(remembered(new DecisionTable(id, compiled))), List.of());
        } catch (DmnInvalid e) {
            return new Reading(
                    Optional.empty(), List.of(new DecisionProblem("invalid-decision", String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public boolean instant() {
        return true;
    }

    @Override
    public Map<String, Object> perform(
            OrganizationId organization,
            Map<String, Object> input,
            @Nullable ChosenConnection connection,
            StepContext context) {
        var table = input.get("table") instanceof String id ? find(id) : null;
        if (table == null) {
            throw new Rejected("DECISION_TABLE_MISSING", "The step has no decision table.");
        }
        if (!(input.get("inputs") instanceof Map<?, ?> inputs)) {
            throw new Rejected("INVALID_INPUT", "The inputs of a decision are a JSON object.");
        }
        @SuppressWarnings("unchecked") // keys of JSON objects are text
        var values = (Map<String, ?>) inputs;
        return table.decide(values, Boolean.TRUE.equals(input.get("required")));
    }

    private @Nullable DecisionTable find(String id) {
        var reference = tables.get(id);
        return reference == null ? null : reference.get();
    }

    /** The table that everybody holds who read the same content. */
    private DecisionTable remembered(DecisionTable table) {
        if (tables.size() >= TIDIED_AT) {
            tables.values().removeIf(reference -> reference.get() == null);
        }
        while (true) {
            var reference = tables.compute(
                    table.id(),
                    (id, known) -> known == null || known.get() == null ? new WeakReference<>(table) : known);
            var held = reference.get();
            if (held != null) {
                return held;
            }
        }
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
