package dev.cadre.platform.workflow.internal.bpmn;

/** Knows what of the organization a file may refer to. */
public interface References {

    boolean connectionExists(String nameOrId, String type);

    /** Whether the organization has the workflow, published or not. */
    boolean workflowExists(String id);
}
