package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.internal.engine.Engine;
import dev.cadre.platform.run.internal.journal.AdvanceFailed;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.spi.StepException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a person does to a run: cancel it, or move it on from where it failed. */
@Component
public class RunActions {

    private final Moves moves;
    private final RunStates states;
    private final Engine engine;
    private final QueueRows queue;

    RunActions(Moves moves, RunStates states, Engine engine, QueueRows queue) {
        this.moves = moves;
        this.states = states;
        this.engine = engine;
        this.queue = queue;
    }

    /**
     * Ends the run and everything that works for it.
     *
     * @param undo whether the compensations of what has succeeded run first; the run is cancelled when they are done
     */
    public void cancel(OrganizationId organization, RunId id, boolean undo) {
        cancel(organization, id, undo, null);
    }

    /** @param audited what the audit log is told in the same transaction, where there is something to cancel */
    public void cancel(OrganizationId organization, RunId id, boolean undo, @Nullable Audited audited) {
        moves.moving(id, () -> {
            var run = own(organization, id);
            if (run.status() == RunStatus.CANCELLED) {
                return true;
            }
            if (run.status() == RunStatus.SUCCEEDED) {
                throw RunException.ended(run.status());
            }
            boolean cancelling = run.isCancelling();
            if (cancelling && undo) {
                return true;
            }
            var transition = moves.transition(run);
            List.copyOf(run.openTasks()).forEach(transition::cancel);
            run.unstick();
            transition.unpause();
            boolean undoing = undo && transition.activation().compensations().beginAll(transition);
            run.become(undoing ? RunStatus.RUNNING : RunStatus.CANCELLED);
            moves.move(transition, null, audited, moving -> {
                if (run.keptByEngine() && !cancelling) {
                    engine.delete(id);
                }
                return false;
            });
            return true;
        });
    }

    /** Moves every stuck token on; finished results are kept. {@code corrections} are merged into {@code vars}. */
    public void retry(OrganizationId organization, RunId id, Map<String, Object> corrections) {
        retry(organization, id, corrections, null);
    }

    /** @param audited what the audit log is told in the same transaction */
    public void retry(
            OrganizationId organization, RunId id, Map<String, Object> corrections, @Nullable Audited audited) {
        moves.moving(id, () -> {
            var run = own(organization, id);
            if (run.status() != RunStatus.FAILED) {
                throw RunException.notFailed(run.status());
            }
            if (run.stuck().isEmpty()) {
                throw RunException.timeIsOver();
            }
            if (run.plan().definition().policy().limits() != null) {
                queue.retake(run);
            }
            var transition = moves.transition(run);
            run.correct(corrections);
            var tokens = run.unstick();
            run.become(RunStatus.RUNNING);
            try {
                moves.move(transition, null, audited, moving -> {
                    boolean ended = false;
                    for (var token : tokens) {
                        ended |= !isInterrupted(moving, token) && moveOn(moving, token);
                    }
                    return ended;
                });
            } catch (AdvanceFailed failure) {
                failedAgain(id, corrections, failure, audited);
            }
            return true;
        });
    }

    /** Whether an earlier token took a way that ended what this one hung on. */
    private static boolean isInterrupted(Transition transition, String token) {
        var run = transition.run();
        var execution = RunState.holder(token)
                .map(task -> run.openTask(task).executionId())
                .orElseGet(() -> RunState.executionAt(token));
        return execution != null && transition.hasLeft(execution);
    }

    private boolean moveOn(Transition transition, String token) {
        var holder = RunState.holder(token);
        if (holder.isPresent()) {
            reopen(transition, holder.get());
            return false;
        }
        if (token.equals(RunState.START)) {
            return engine.start(transition);
        }
        transition.outcome(RunState.outcomeAt(token));
        return engine.trigger(transition, RunState.executionAt(token));
    }

    /** The failed task works again, with its inputs resolved from what is known now. */
    private void reopen(Transition transition, TaskId id) {
        var run = transition.run();
        var task = run.openTask(id);
        var step = run.plan().step(task.elementId());
        try {
            task.with(transition.activation().inputs(transition, step, task.iteration()));
            int attempt = task.attempt();
            task.reopen();
            if (task.stepType().equals(CallStep.ID)) {
                // What it has called goes on where it failed, once for each attempt.
                task.attempted(attempt + 1);
            }
            transition.touch(task);
            transition
                    .activation()
                    .assign(transition, task, transition.activation().type(step));
        } catch (StepException e) {
            throw RunException.inputs(e.getMessage());
        }
    }

    private void failedAgain(
            RunId id, Map<String, Object> corrections, AdvanceFailed failure, @Nullable Audited audited) {
        var run = states.find(id).orElseThrow();
        run.correct(corrections);
        var transition = moves.transition(run);
        run.failed(failure.error(), failure.elementId(), run.failedTask());
        moves.moveAlone(transition, null, audited);
    }

    private RunState own(OrganizationId organization, RunId id) {
        // Another node may have moved the run since this one looked.
        states.forget(id);
        return states.find(id)
                .filter(run -> run.organization().equals(organization))
                .orElseThrow(RunException::notFound);
    }
}
