package dev.cadre.platform.run.internal.engine;

import org.flowable.engine.impl.persistence.entity.ExecutionEntity;

/** Names the iteration that an execution is in: {@code orders[2]/lines[0]}, empty outside of for-each groups. */
final class Iterations {

    private static final String COUNTER = "loopCounter";

    private Iterations() {}

    static String of(ExecutionEntity execution) {
        String path = "";
        for (var inner = execution; inner.getParent() != null; inner = inner.getParent()) {
            var outer = inner.getParent();
            if (outer.isMultiInstanceRoot()) {
                var segment = outer.getCurrentActivityId() + "[" + inner.getVariableLocal(COUNTER) + "]";
                path = path.isEmpty() ? segment : segment + "/" + path;
            }
        }
        return path;
    }
}
