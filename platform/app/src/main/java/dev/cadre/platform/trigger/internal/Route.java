package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.trigger.HttpTrigger;

/**
 * Where a webhook leads.
 *
 * @param stepType the trigger's step type
 */
public record Route(WorkflowDefinition definition, String stepType, HttpTrigger.Respond respond) {}
