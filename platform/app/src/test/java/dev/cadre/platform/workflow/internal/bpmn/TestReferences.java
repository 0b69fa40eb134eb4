package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.spi.trigger.Authentication;
import java.util.Set;

/** What the organization of a test has: some connections, or workflows. */
record TestReferences(Set<String> there) implements References {

    @Override
    public boolean connectionExists(String nameOrId, String type) {
        return there.contains(nameOrId);
    }

    @Override
    public boolean provesCallers(String connection, Authentication authentication) {
        return true;
    }

    @Override
    public boolean workflowExists(String id) {
        return there.contains(id);
    }
}
