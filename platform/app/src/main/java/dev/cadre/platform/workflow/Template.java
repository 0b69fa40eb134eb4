package dev.cadre.platform.workflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON document whose strings may hold {@code {{ … }}} expressions; compiled once, evaluated often, by any thread. */
public interface Template {

    /**
     * The document as JSON values, with every expression replaced by its value.
     *
     * @param data what is in scope by name: {@code trigger, steps, item, index, run, vars}
     * @throws dev.cadre.spi.StepException.Rejected {@code MISSING_DATA} with the path, {@code EXPRESSION_FAILED}
     */
    @Nullable
    Object evaluate(Map<String, Object> data);
}
