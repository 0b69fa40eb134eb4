package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.LogLine;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a person decides about a task whose attempt was cut off. */
@Component
public class Decisions {

    private final Moves moves;
    private final RunStates states;
    private final Completion completion;
    private final JdbcClient jdbc;

    Decisions(Moves moves, RunStates states, Completion completion, JdbcClient jdbc) {
        this.moves = moves;
        this.states = states;
        this.completion = completion;
        this.jdbc = jdbc;
    }

    /** Which run the task belongs to; refuses a task that waits for no such decision. */
    public RunId run(OrganizationId organization, TaskId task) {
        record Row(RunId run, boolean waits) {}
        var found = jdbc.sql("""
                        select run_id, status = 'waiting' and coalesce(error ->> 'code' = ?, false) as waits from task
                        where organization_id = ? and id = ?""")
                .params(OutcomeUnknown.CODE, organization.value(), task.value())
                .query((row, _) ->
                        new Row(new RunId(row.getObject("run_id", java.util.UUID.class)), row.getBoolean("waits")))
                .optional()
                .orElseThrow(RunException::taskNotFound);
        if (!found.waits()) {
            throw RunException.nothingToDecide();
        }
        return found.run();
    }

    /** The attempt had its effect: the run goes on with the output. */
    public void succeed(
            OrganizationId organization, TaskId task, Map<String, Object> output, String said, Audited audited) {
        decide(organization, task, new Completion.Result(output, null, List.of(line(said)), null, audited));
    }

    /** The attempt had no effect, or the wrong one: the step has failed. */
    public void fail(OrganizationId organization, TaskId task, @Nullable String comment, String said, Audited audited) {
        var message = comment == null || comment.isBlank() ? "A person decided that the step has failed." : comment;
        var error = new StepError(OutcomeUnknown.CODE, message);
        decide(organization, task, new Completion.Result(null, error, List.of(line(said)), null, audited));
    }

    private void decide(OrganizationId organization, TaskId task, Completion.Result result) {
        if (!completion.decide(organization, run(organization, task), task, result)) {
            throw RunException.nothingToDecide();
        }
    }

    /** The attempt had no effect: the step is tried again. */
    public void retry(OrganizationId organization, TaskId id, String said, Audited audited) {
        var runId = run(organization, id);
        moves.moving(runId, () -> {
            states.forget(runId);
            var run = states.find(runId).orElseThrow(RunException::notFound);
            if (!run.isOpen(id) || run.openTask(id).status() != RunStatus.WAITING) {
                throw RunException.nothingToDecide();
            }
            if (run.isPaused()) {
                throw RunException.paused();
            }
            var task = run.openTask(id);
            var transition = moves.transition(run);
            var step = run.plan().step(task.elementId());
            task.reopen();
            transition.touch(task);
            transition.log(id, List.of(line(said)));
            transition
                    .activation()
                    .assign(transition, task, transition.activation().type(step));
            // The tools of an agent, one of which may have been cut off with it.
            jdbc.sql("update task set begun = null where parent_id = ? and status = 'running'")
                    .param(id.value())
                    .update();
            moves.moveAlone(transition, null, audited);
            return true;
        });
    }

    private static LogLine line(String said) {
        return new LogLine(Instant.now(), "info", said);
    }
}
