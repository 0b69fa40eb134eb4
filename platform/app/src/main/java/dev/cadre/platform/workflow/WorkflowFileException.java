package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.CadreException;

/** A file that cannot be a workflow: not XML, not BPMN, too large, or made to do harm. */
public final class WorkflowFileException extends CadreException {

    public WorkflowFileException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }
}
