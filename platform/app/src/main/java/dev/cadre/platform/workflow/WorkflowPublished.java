package dev.cadre.platform.workflow;

/**
 * A version went live. Published inside the transaction: a listener that throws keeps it from going live.
 *
 * @param definition the new version, never a draft
 */
public record WorkflowPublished(WorkflowDefinition definition) {}
