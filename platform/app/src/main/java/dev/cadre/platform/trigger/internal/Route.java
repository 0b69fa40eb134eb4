package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.trigger.internal.admission.Gate;
import dev.cadre.platform.workflow.Expression;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.trigger.BodyRules;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook leads.
 *
 * @param stepType the trigger's step type
 * @param gate who may call; null for everybody
 * @param correlation which waiting run is told; null where a run is started
 */
public record Route(
        WorkflowDefinition definition,
        String stepType,
        HttpTrigger.Respond respond,
        @Nullable Gate gate,
        BodyRules body,
        @Nullable Correlation correlation) {

    /**
     * Which run a request is for: the one that waits for one of the messages with the value as its key.
     *
     * @param value of a scope that has the request as {@code request}
     */
    record Correlation(Set<String> messages, Expression value) {}
}
