package dev.cadre.platform.workflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSONata expression, bounded in time, depth and size of its result. */
public interface Expression {

    /** The value as JSON values; fails as {@link Template#evaluate} does. */
    @Nullable
    Object evaluate(Map<String, Object> data);

    /** The value as a condition, by JSONata's {@code $boolean}; no value at all is a failure that names the path. */
    boolean test(Map<String, Object> data);
}
