package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.spi.trigger.Authentication;

/** Knows what of the organization a file may refer to. */
public interface References {

    boolean connectionExists(String nameOrId, String type);

    /** Whether what the connection holds can prove callers in this way. */
    boolean provesCallers(String connection, Authentication authentication);

    /** Whether the organization has the workflow, published or not. */
    boolean workflowExists(String id);
}
