package dev.cadre.platform.plugin;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Conversation;
import dev.cadre.spi.trigger.HttpTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Performs a step type: JSON values in, JSON values out. Binds and validates the input first, which throws {@link
 * dev.cadre.spi.StepException.Rejected} with code {@code INVALID_INPUT}.
 */
public sealed interface StepPerformer {

    /** A tool, or an operation of a connector. */
    non-sealed interface ToolPerformer extends StepPerformer {
        boolean instant();

        /** {@code connection} is what the step gives, null when it gives none. */
        Map<String, Object> perform(
                OrganizationId organization,
                Map<String, Object> input,
                @Nullable ChosenConnection connection,
                StepContext context)
                throws Exception;
    }

    /** An agent; {@link AgentMove.Finish} carries a record, {@link #output} turns it into JSON values. */
    non-sealed interface AgentPerformer extends StepPerformer {
        AgentMove<?> next(Map<String, Object> input, Conversation conversation);

        Map<String, Object> output(AgentMove.Finish<?> finish);
    }

    /** A step that somebody outside ends, a person or an event: the token waits until then, or until its time is over. */
    non-sealed interface OutsidePerformer extends StepPerformer {
        /** Checks the input; when the step is woken up, null for never. */
        @Nullable
        Instant until(Map<String, Object> input, Instant now);

        /** The time has come: when the step is woken up next. Throws what the step fails with when its time is over. */
        Instant wake(OrganizationId organization, Map<String, Object> input, StepContext context);
    }

    /** A step that is a run of another workflow. */
    non-sealed interface CallPerformer extends StepPerformer {}

    /** A trigger; {@code binding} is null for one that no HTTP request fires. */
    non-sealed interface TriggerPerformer extends StepPerformer {
        HttpTrigger.@Nullable Binding binding(Map<String, Object> settings);

        /** What a run sees as {@code trigger} that a person starts with this input; {@code Map.of()} without one. */
        default Object byHand(Map<String, Object> settings, Object input) {
            return input;
        }

        /** What is wrong with settings that fit the schema, in sentences; empty when they can be published. */
        default List<String> problems(Map<String, Object> settings) {
            return List.of();
        }
    }
}
