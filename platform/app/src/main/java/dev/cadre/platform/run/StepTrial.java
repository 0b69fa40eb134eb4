package dev.cadre.platform.run;

import dev.cadre.platform.run.internal.work.TrialRun;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Performs one step by itself, with data that a person gives; nothing of it becomes a run. */
@Service
public class StepTrial {

    /**
     * What came of it.
     *
     * @param input the step's inputs with every expression replaced, null where one failed
     * @param answer what the step would say to the caller of a webhook, null unless it is a {@code respond} step
     */
    public record Outcome(
            RunStatus status,
            @Nullable Object input,
            @Nullable Object output,
            @Nullable StepError error,
            RunOutcome.@Nullable Answer answer,
            List<TaskLogLine> logs,
            long durationMs) {}

    private final TrialRun trials;

    StepTrial(TrialRun trials) {
        this.trials = trials;
    }

    /** {@code data} by the names in scope: {@code trigger, steps, vars, item, index}. */
    public Outcome perform(WorkflowDefinition definition, String elementId, Map<String, Object> data) {
        var node = definition.find(elementId).orElseThrow(() -> RunException.noSuchStep(elementId));
        if (!(node instanceof Node.Step step)) {
            throw RunException.noSuchStep(elementId);
        }
        return trials.perform(definition, step, data);
    }
}
