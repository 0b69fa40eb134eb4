package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.trigger.internal.admission.Gate;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.trigger.BodyRules;
import dev.cadre.spi.trigger.HttpTrigger;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook leads.
 *
 * @param stepType the trigger's step type
 * @param gate who may call; null for everybody
 */
public record Route(
        WorkflowDefinition definition,
        String stepType,
        HttpTrigger.Respond respond,
        @Nullable Gate gate,
        BodyRules body) {}
