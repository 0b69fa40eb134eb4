package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.run.internal.journal.IdempotencyKeys;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.TaskEntry;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.Node;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A durable task to work on, apart from the run that waits for it. Immutable.
 *
 * @param agent the agent with tools of its own whose turn this is, null for other steps
 */
record Job(
        OrganizationId organization,
        RunId run,
        WorkflowId workflow,
        TaskId task,
        Node.Step step,
        Node.Role.@Nullable Agent agent,
        String iteration,
        int visit,
        int attempt,
        Map<String, Object> input,
        Instant startedAt,
        Instant dueAt) {

    static Job of(RunState run, TaskEntry task, Instant dueAt) {
        var input = task.input();
        return new Job(
                run.organization(),
                run.id(),
                run.plan().definition().workflow(),
                task.id(),
                run.plan().step(task.elementId()),
                run.plan().agent(task.elementId()),
                task.iteration(),
                task.visit(),
                task.attempt(),
                input == null ? Map.of() : input,
                task.startedAt(),
                dueAt);
    }

    Job again(int nextAttempt, Instant nextDueAt) {
        return new Job(
                organization,
                run,
                workflow,
                task,
                step,
                agent,
                iteration,
                visit,
                nextAttempt,
                input,
                startedAt,
                nextDueAt);
    }

    @Nullable
    ChosenConnection connection() {
        return ChosenConnection.of(workflow, step.connection());
    }

    String idempotencyKey() {
        return IdempotencyKeys.of(run, step.id(), iteration, visit);
    }
}
