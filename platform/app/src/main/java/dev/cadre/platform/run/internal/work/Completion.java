package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.engine.Engine;
import dev.cadre.platform.run.internal.journal.AdvanceFailed;
import dev.cadre.platform.run.internal.journal.AgentCalls;
import dev.cadre.platform.run.internal.journal.LogLine;
import dev.cadre.platform.run.internal.journal.Response;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.run.internal.journal.TaskEntry;
import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.run.internal.journal.TransitionWriter;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Carries a durable task's result into its run: journal, lease and the token's next move in one commit. */
@Component
public class Completion {

    private static final Logger log = LoggerFactory.getLogger(Completion.class);
    private static final long LONGEST_PAUSE = 2_000;
    private static final int MOST_DECISIONS = 5;

    /**
     * What a task came to: an output, or an error.
     *
     * @param response what the step told the waiting HTTP caller, null when it told nothing
     * @param audited what the audit log is told in the same transaction, null for nothing
     */
    public record Result(
            @Nullable Map<String, Object> output,
            @Nullable StepError error,
            List<LogLine> lines,
            @Nullable Response response,
            @Nullable Audited audited) {

        public Result(
                @Nullable Map<String, Object> output,
                @Nullable StepError error,
                List<LogLine> lines,
                @Nullable Response response) {
            this(output, error, lines, response, null);
        }
    }

    private final Moves moves;
    private final RunStates states;
    private final Engine engine;
    private final Workbench workbench;
    private final JdbcClient jdbc;
    private final Node node;
    private final Pausing pausing;
    private final Postponement postponement;

    Completion(
            Moves moves,
            RunStates states,
            Engine engine,
            Workbench workbench,
            JdbcClient jdbc,
            Node node,
            Pausing pausing,
            Postponement postponement) {
        this.moves = moves;
        this.states = states;
        this.engine = engine;
        this.workbench = workbench;
        this.jdbc = jdbc;
        this.node = node;
        this.pausing = pausing;
        this.postponement = postponement;
    }

    /** Keeps trying while the database is away: the result is paid for and must not be lost. */
    void finish(Job job, Result result) {
        carry(job, () -> apply(job, result, true));
    }

    /** Begins the tools that an agent's model has asked for, all in one commit; the agent's own task waits for them. */
    void call(Job job, List<AgentCalls.Wanted> calls, List<LogLine> lines) {
        carry(job, () -> {
            try {
                begin(job, calls, lines);
            } catch (AdvanceFailed failure) {
                // The way to a tool's first step is broken: that is told where the agent stands.
                apply(job, new Result(null, failure.error(), lines, null), true);
            }
        });
    }

    private void begin(Job job, List<AgentCalls.Wanted> calls, List<LogLine> lines) {
        var run = states.find(job.run()).orElse(null);
        if (run == null || !run.isOpen(job.task())) {
            return;
        }
        if (run.isPaused()) {
            // The turn is journaled: its tools begin when the run goes on.
            postponement.park(job);
            return;
        }
        var agent = run.openTask(job.task());
        if (calls.stream().anyMatch(call -> run.calls().has(agent.id(), call.callId()))) {
            // It was done, but its answer was lost: calls that ended at once have woken the agent.
            if (agent.status() == RunStatus.RUNNING) {
                workbench.take(Job.of(run, agent, Instant.now()));
            }
            return;
        }
        var transition = moves.transition(run);
        AgentCalls.await(transition, agent);
        transition.log(agent.id(), lines);
        var begun = new ArrayList<AgentCalls.Wanted>();
        for (var call : calls) {
            if (call.refused() == null) {
                begun.add(call);
            } else {
                AgentCalls.refuse(transition, agent, call, call.refused());
            }
        }
        moves.move(transition, agent, moving -> {
            boolean ended = !begun.isEmpty() && engine.call(moving, agent, begun);
            AgentCalls.wakeAgent(moving, agent);
            return ended;
        });
    }

    /** The task waits for a person: what came of its attempt is not known. */
    void hold(Job job, StepError reason, List<LogLine> lines) {
        carry(job, () -> {
            var run = states.find(job.run()).orElse(null);
            if (run == null || !run.isOpen(job.task())) {
                return;
            }
            var transition = moves.transition(run);
            var task = run.openTask(job.task());
            task.attempted(job.attempt());
            task.hold(reason);
            transition.touch(task);
            transition.log(task.id(), lines);
            moves.moveAlone(transition, task, null);
        });
    }

    /** Makes a move under the job's lease, again and again while the database is away or others move the run. */
    void carry(Job job, Runnable move) {
        long pause = 20;
        while (true) {
            try {
                moves.moving(job.run(), () -> {
                    move.run();
                    return true;
                });
                return;
            } catch (TransitionWriter.NotMine | FlowableOptimisticLockingException e) {
                if (!DatabaseFailures.patiently(workbench::isOpen, () -> isMine(job))) {
                    log.info("Task {} was taken from this node, its result is dropped", job.task());
                    return;
                }
            } catch (RuntimeException e) {
                if (!DatabaseFailures.isAway(e)) {
                    // Taken up again by the sweep for stranded leases, a bounded number of times.
                    states.forget(job.run());
                    throw e;
                }
                log.warn("The database is away, the result of task {} waits for it", job.task());
            }
            if (!workbench.isOpen() && pause >= LONGEST_PAUSE) {
                return;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE);
            sleep(pause);
        }
    }

    /** Carries a person's answer home; false when the task does not wait for one any more. */
    public boolean decide(OrganizationId organization, RunId id, TaskId task, Result answer) {
        for (int attempt = 1; ; attempt++) {
            try {
                return moves.moving(id, () -> {
                    // Another node may have moved the run since this one looked.
                    states.forget(id);
                    var run = states.find(id).orElse(null);
                    if (run == null
                            || !run.organization().equals(organization)
                            || !run.isOpen(task)
                            || run.openTask(task).status() != RunStatus.WAITING) {
                        return false;
                    }
                    var job = Job.of(run, run.openTask(task), Instant.now());
                    apply(job, answer, false);
                    return true;
                });
            } catch (TransitionWriter.NotMine | FlowableOptimisticLockingException e) {
                if (attempt == MOST_DECISIONS) {
                    throw e;
                }
            }
        }
    }

    private void apply(Job job, Result result, boolean leased) {
        var run = states.find(job.run()).orElse(null);
        if (run == null || !run.isOpen(job.task())) {
            return;
        }
        if (run.isPaused()) {
            if (!pausing.keep(job, run.revision(), result, leased)) {
                throw new TransitionWriter.NotMine();
            }
            return;
        }
        var transition = moves.transition(run);
        var open = run.openTask(job.task());
        var task = leased ? open : null;
        if (!leased) {
            transition.release(job.task());
        }
        boolean cancelling = run.isCancelling();
        var outcome = settle(transition, job, open, result);
        if (cancelling && !(outcome instanceof Transition.Outcome.Wait)) {
            run.become(RunStatus.CANCELLED);
        }
        if (cancelling || outcome instanceof Transition.Outcome.Wait) {
            moves.moveAlone(transition, task, result.audited());
            return;
        }
        var execution = Objects.requireNonNull(open.executionId());
        transition.outcome(outcome);
        try {
            moves.move(transition, task, result.audited(), moving -> engine.trigger(moving, execution));
        } catch (AdvanceFailed failure) {
            stick(job, result, execution, outcome, transition, failure, leased);
        }
    }

    /** Journals the task's end and says what its token does; Wait when it stays where it is. */
    private Transition.Outcome settle(Transition transition, Job job, TaskEntry task, Result result) {
        var run = transition.run();
        task.attempted(job.attempt());
        transition.touch(task);
        transition.log(task.id(), result.lines());
        if (result.response() != null) {
            transition.respond(result.response());
        }
        Transition.Outcome outcome = new Transition.Outcome.Leave();
        var error = result.error();
        if (error == null) {
            task.succeed(result.output(), transition.at());
            run.succeeded(task, result.output());
        } else {
            task.answered(result.output());
            try {
                outcome = transition.activation().fail(transition, job.step(), task, error, null);
            } catch (AdvanceFailed held) {
                run.failed(held.error(), held.elementId(), task.id());
                run.stick(RunState.heldBy(task.id()));
                return new Transition.Outcome.Wait();
            }
        }
        run.closed(task.id());
        var parent = task.parent();
        if (parent == null) {
            return outcome;
        }
        if (!run.isOpen(parent)) {
            return new Transition.Outcome.Wait();
        }
        if (outcome instanceof Transition.Outcome.Branch) {
            transition.activation().abandon(transition, run.openTask(parent), outcome);
            return outcome;
        }
        return transition.activation().partDone(transition, job.step(), task);
    }

    /** The result is kept although the token can't go on; a retry moves the token from here. */
    private void stick(
            Job job,
            Result result,
            String execution,
            Transition.Outcome outcome,
            Transition aborted,
            AdvanceFailed failure,
            boolean leased) {
        var run = states.find(job.run()).orElseThrow();
        var again = moves.transition(run);
        settle(again, job, run.openTask(job.task()), result);
        var task = again.changedTask(job.task());
        again.adopt(aborted);
        Moves.stickAt(again, RunState.at(execution, outcome), failure);
        if (!leased) {
            again.release(job.task());
        }
        moves.moveAlone(again, leased ? task : null, result.audited());
    }

    private boolean isMine(Job job) {
        return jdbc.sql("select count(*) from lease where task_id = ? and node = ?")
                        .params(job.task().value(), node.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
