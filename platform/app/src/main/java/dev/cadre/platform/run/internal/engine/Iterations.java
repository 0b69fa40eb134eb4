package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Transition;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Names the iteration that an execution is in: {@code orders[2]/lines[0]}, empty outside of for-each groups. A call of a
 * tool is one too: {@code lookup[1]}.
 */
final class Iterations {

    private static final String COUNTER = "loopCounter";

    private Iterations() {}

    static String of(ExecutionEntity execution) {
        var calls = Transition.current().run().calls();
        String path = "";
        for (var inner = execution; inner.getParent() != null; inner = inner.getParent()) {
            var call = calls.at(inner.getId());
            if (call.isPresent()) {
                path = within(call.get(), path);
            }
            var outer = inner.getParent();
            if (outer.isMultiInstanceRoot()) {
                path = within(outer.getCurrentActivityId() + "[" + inner.getVariableLocal(COUNTER) + "]", path);
            }
        }
        return path;
    }

    private static String within(String segment, String path) {
        return path.isEmpty() ? segment : segment + "/" + path;
    }
}
