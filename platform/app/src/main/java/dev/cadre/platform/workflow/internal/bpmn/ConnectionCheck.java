package dev.cadre.platform.workflow.internal.bpmn;

/** Knows the connections of the organization whose file is compiled. */
@FunctionalInterface
public interface ConnectionCheck {

    boolean exists(String nameOrId, String type);
}
