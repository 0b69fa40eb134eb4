package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;

/** A workflow is gone; published inside the transaction that deletes it. */
public record WorkflowDeleted(OrganizationId organization, WorkflowId workflow) {}
