package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.engine.Engine;
import dev.cadre.platform.run.internal.journal.Plan;
import dev.cadre.platform.run.internal.journal.RunStates;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Fails runs whose time is over: what works for them is cancelled. */
@Component
class TimeLimit {

    private final Moves moves;
    private final RunStates states;
    private final Engine engine;
    private final Completion completion;

    TimeLimit(Moves moves, RunStates states, Engine engine, Completion completion) {
        this.moves = moves;
        this.states = states;
        this.engine = engine;
        this.completion = completion;
    }

    static boolean isOf(Job job) {
        return job.step().id().equals(Plan.TIME_LIMIT);
    }

    void runOut(Job job) {
        completion.carry(job, () -> end(job));
    }

    private void end(Job job) {
        var run = states.find(job.run()).orElse(null);
        if (run == null || !run.isOpen(job.task())) {
            return;
        }
        var transition = moves.transition(run);
        var limit = run.openTask(job.task());
        limit.succeed(Map.of(), transition.at());
        run.closed(limit.id());
        transition.touch(limit);
        var timeout = run.plan().definition().policy().timeout();
        if (run.status() == RunStatus.FAILED || timeout == null) {
            // It waits for a person, who may take as long as it needs; or its version has no limit any more.
            moves.moveAlone(transition, limit, null);
            return;
        }
        boolean undoing = run.isCancelling();
        List.copyOf(run.openTasks()).forEach(transition::cancel);
        run.unstick();
        run.failed(new StepError("RUN_TIMEOUT", "The run did not end within " + timeout + "."), null, null);
        moves.move(transition, limit, _ -> {
            if (run.keptByEngine() && !undoing) {
                engine.delete(run.id());
            }
            return false;
        });
    }
}
