package dev.cadre.platform.workflow;

import java.util.List;
import java.util.Optional;

/** The elements of a process or of a sub-process, without those of nested sub-processes. */
public record Scope(List<Node> nodes, List<Flow> flows) {

    /** Finds an element here or in a nested sub-process. */
    public Optional<Node> find(String elementId) {
        for (var node : nodes) {
            if (node.id().equals(elementId)) {
                return Optional.of(node);
            }
            if (node instanceof Node.Group group) {
                var inner = group.body().find(elementId);
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }
}
