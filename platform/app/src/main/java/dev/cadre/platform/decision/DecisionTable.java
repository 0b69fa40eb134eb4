package dev.cadre.platform.decision;

import dev.cadre.platform.decision.internal.CompiledTable;
import dev.cadre.platform.decision.internal.TableEvaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A decision table that can be used: read once, evaluated often, by any thread. */
public final class DecisionTable {

    private final String id;
    private final CompiledTable compiled;

    DecisionTable(String id, CompiledTable compiled) {
        this.id = id;
        this.compiled = compiled;
    }

    /** The hash of the file it was read from: the same content is the same table. */
    String id() {
        return id;
    }

    /** The names of the step's inputs that it reads. */
    public Set<String> reads() {
        return compiled.reads();
    }

    /**
     * What the step {@code decision-table} takes to evaluate this table. Whoever makes such requests must hold on to the
     * table: it is remembered as long as somebody does.
     */
    public Map<String, Object> request(@Nullable Object inputs, boolean required) {
        var request = new LinkedHashMap<String, Object>();
        request.put("inputs", inputs == null ? Map.of() : inputs);
        request.put("table", id);
        if (required) {
            request.put("required", true);
        }
        return request;
    }

    Map<String, Object> decide(Map<String, ?> inputs, boolean required) {
        return TableEvaluation.of(compiled, inputs, required);
    }
}
