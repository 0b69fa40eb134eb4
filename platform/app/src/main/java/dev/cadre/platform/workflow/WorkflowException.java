package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.CadreException;

/** What cannot be done with a workflow. */
public final class WorkflowException extends CadreException {

    private WorkflowException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    public static WorkflowException notFound() {
        return new WorkflowException(Kind.NOT_FOUND, "workflow-not-found", "There is no such workflow.");
    }

    public static WorkflowException versionNotFound(int version) {
        return new WorkflowException(
                Kind.NOT_FOUND, "version-not-found", "The workflow has no published version " + version + ".");
    }

    public static WorkflowException notPublished() {
        return new WorkflowException(
                Kind.CONFLICT, "not-published", "The workflow is not published: publish it, or run the draft.");
    }

    /** Moved there, the live version would use what is not there. */
    public static WorkflowException notWholeThere(String problems) {
        return new WorkflowException(
                Kind.CONFLICT,
                "workflow-needs-more",
                "The live version would not work there: " + problems
                        + " Move what it needs first, or publish a version that does without.");
    }

    /** Somebody saved since the caller read it. */
    public static WorkflowException stale() {
        return new WorkflowException(
                Kind.STALE,
                "stale",
                "Somebody saved the workflow since you read it: read it again and repeat your change.");
    }
}
