package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunMoved;
import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.internal.engine.Engine;
import dev.cadre.platform.run.internal.journal.AdvanceFailed;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.run.internal.journal.StartCombiner;
import dev.cadre.platform.run.internal.journal.StepActivation;
import dev.cadre.platform.run.internal.journal.TaskEntry;
import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.run.internal.journal.TransitionWriter;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts runs and moves them: engine and journal in one transaction, then everybody who is concerned is told. */
@Component
public class Moves {

    private final Engine engine;
    private final RunStates states;
    private final StepActivation activation;
    private final TransitionWriter writer;
    private final StartCombiner combiner;
    private final RunLocks locks;
    private final DatabaseGate gate;
    private final WalledPool pool;
    private final DataSource transactional;
    private final TransactionTemplate transaction;
    private final Callers callers;
    private final Workbench workbench;
    private final QueueRows queue;
    private final ApplicationEventPublisher events;

    Moves(
            Engine engine,
            RunStates states,
            StepActivation activation,
            TransitionWriter writer,
            StartCombiner combiner,
            RunLocks locks,
            DatabaseGate gate,
            WalledPool pool,
            @Qualifier("dataSource") DataSource transactional,
            PlatformTransactionManager transactions,
            Callers callers,
            Workbench workbench,
            QueueRows queue,
            ApplicationEventPublisher events) {
        this.engine = engine;
        this.states = states;
        this.activation = activation;
        this.writer = writer;
        this.combiner = combiner;
        this.locks = locks;
        this.gate = gate;
        this.pool = pool;
        this.transactional = transactional;
        this.transaction = new TransactionTemplate(transactions);
        this.callers = callers;
        this.workbench = workbench;
        this.queue = queue;
        this.events = events;
    }

    public void prepare(WorkflowDefinition definition) {
        engine.prepare(states.plan(definition));
    }

    /** False when there is a run of the start's id already. */
    public boolean startOnce(RunStarter.Start start) {
        return Walls.within(start.organization(), () -> startedOnce(start));
    }

    private boolean startedOnce(RunStarter.Start start) {
        var id = Objects.requireNonNull(start.id());
        try {
            start(start);
            return true;
        } catch (DuplicateKeyException e) {
            if (writer.among(pool, List.of(id)).isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    public RunStarter.Started start(RunStarter.Start start) {
        return Walls.within(start.organization(), () -> started(start));
    }

    private RunStarter.Started started(RunStarter.Start start) {
        workbench.requireOpen();
        var plan = states.plan(start.definition());
        engine.prepare(plan);
        var id = start.id();
        var run = new RunState(
                id == null ? RunId.create() : id,
                start.organization(),
                plan,
                start.triggerUse(),
                start.input(),
                new LinkedHashMap<>(),
                now(),
                start.parent());
        var transition = new Transition(run, activation, run.startedAt(), true);
        var person = start.startedBy();
        var writing = new TransitionWriter.Start(
                transition,
                person == null ? null : person.value(),
                Objects.requireNonNullElse(
                        start.priority(), start.definition().policy().priority()));
        boolean queued = isQueued(start);
        // Under the run's lock until everybody knows: nobody cancels a run that is not yet at work.
        return locks.holding(run.id(), () -> {
            if (queued) {
                accept(writing, start.audited());
            } else {
                transition.limitTime();
                write(writing, start.audited());
            }
            if (!run.status().ended()) {
                states.keep(run);
            }
            var outcome = callers.started(transition);
            announce(transition);
            return new RunStarter.Started(run.id(), outcome);
        });
    }

    private boolean isQueued(RunStarter.Start start) {
        var definition = start.definition();
        var caller = start.parent();
        return definition.policy().limits() != null
                && (caller == null || !gate.through(() -> queue.sharesPlace(caller.run(), definition.workflow())));
    }

    /** The run is there and waits for its turn. */
    private void accept(TransitionWriter.Start start, @Nullable Audited audited) {
        var run = start.transition().run();
        run.become(RunStatus.QUEUED);
        gate.through(() -> inTransaction(() -> told(audited, () -> {
            writer.start(transactional, List.of(start));
            queue.accept(run, start.priority());
            return true;
        })));
        events.publishEvent(new RunQueue.Changed(run.plan().definition()));
    }

    /** The run's turn has come. */
    void begin(RunId id) {
        moving(id, () -> {
            // Another node may have moved the run since this one looked.
            states.forget(id);
            states.find(id)
                    .filter(run -> run.status() == RunStatus.QUEUED && !run.isPaused())
                    .ifPresent(this::begin);
            return true;
        });
    }

    private void begin(RunState run) {
        var transition = transition(run);
        run.become(RunStatus.RUNNING);
        transition.limitTime();
        try {
            move(transition, null, engine::start);
        } catch (AdvanceFailed failure) {
            var again = transition(states.find(run.id()).orElseThrow());
            again.adopt(transition);
            stickAt(again, RunState.START, failure);
            moveAlone(again, null, null);
        }
    }

    private void write(TransitionWriter.Start start, @Nullable Audited audited) {
        var transition = start.transition();
        try {
            boolean kept = transition.run().keptByEngine();
            boolean ended = kept
                    ? gate.through(() -> inTransaction(() -> startedAndEnded(start, audited)))
                    : engine.start(transition);
            if (ended) {
                transition.finish();
            }
            if (ended || !kept) {
                // The engine wrote nothing at all.
                writeAlone(start, audited);
            }
        } catch (AdvanceFailed failure) {
            stickAt(transition, RunState.START, failure);
            writeAlone(start, audited);
        }
    }

    private boolean startedAndEnded(TransitionWriter.Start start, @Nullable Audited audited) {
        boolean ended = engine.start(start.transition());
        start.transition().interrupt();
        if (!ended) {
            told(audited, () -> started(start));
        }
        return ended;
    }

    private boolean started(TransitionWriter.Start start) {
        writer.start(transactional, List.of(start));
        return true;
    }

    /** One statement that shares a commit with those of others, or has one with the event of the audit log. */
    private void writeAlone(TransitionWriter.Start start, @Nullable Audited audited) {
        if (audited == null) {
            combiner.write(start);
        } else {
            gate.through(() -> told(audited, () -> started(start)));
        }
    }

    /** What the aborted move has made stays to be seen; what it has opened does not. */
    static void stickAt(Transition transition, String token, AdvanceFailed failure) {
        transition.abort();
        var failed = transition.created().stream()
                .filter(task -> task.elementId().equals(failure.elementId()) && task.error() != null)
                .map(TaskEntry::id)
                .findFirst()
                .orElse(null);
        transition.run().failed(failure.error(), failure.elementId(), failed);
        transition.run().stick(token);
    }

    /**
     * Runs work on a run's state with the run locked on this node and a place at the database. Whoever may see the run moves
     * all that goes with it.
     */
    <T> T moving(RunId run, Supplier<T> work) {
        if (!Walls.hideProjects()) {
            return locks.holding(run, () -> gate.through(work));
        }
        if (gate.through(() -> writer.among(pool, List.of(run))).isEmpty()) {
            throw RunException.notFound();
        }
        return Walls.withinAllProjects(() -> locks.holding(run, () -> gate.through(work)));
    }

    <T> T inTransaction(Supplier<T> work) {
        var result = transaction.execute(_ -> work.get());
        if (result == null) {
            throw new IllegalStateException("A move gives a result");
        }
        return result;
    }

    /** A further move of the run; the function says whether the run has ended with it. */
    Transition transition(RunState run) {
        return new Transition(run, activation, now(), false);
    }

    /** The work and, where it has changed something, the event of the audit log, if there is one: both or neither. */
    boolean told(@Nullable Audited audited, BooleanSupplier work) {
        if (audited == null) {
            return work.getAsBoolean();
        }
        return inTransaction(() -> {
            boolean changed = work.getAsBoolean();
            if (changed) {
                events.publishEvent(audited);
            }
            return changed;
        });
    }

    /** Ends what the transaction began: writes, and after the commit tells everybody. */
    void move(Transition transition, @Nullable TaskEntry finished, Function<Transition, Boolean> engineWork) {
        move(transition, finished, null, engineWork);
    }

    /** @param audited what the audit log is told with it, null for nothing */
    void move(
            Transition transition,
            @Nullable TaskEntry finished,
            @Nullable Audited audited,
            Function<Transition, Boolean> engineWork) {
        var run = transition.run();
        var lease = finished == null ? null : finished.id();
        try {
            if (run.keptByEngine() || audited != null) {
                inTransaction(() -> told(audited, () -> moved(transition, lease, engineWork, transactional)));
            } else {
                moved(transition, lease, engineWork, pool);
            }
        } catch (RuntimeException e) {
            states.forget(run.id());
            throw e;
        }
        committed(transition);
    }

    private boolean moved(
            Transition transition,
            @Nullable TaskId lease,
            Function<Transition, Boolean> engineWork,
            DataSource source) {
        if (engineWork.apply(transition)) {
            transition.finish();
        }
        transition.interrupt();
        writer.move(source, transition, lease);
        return true;
    }

    /** Like {@link #move} for a move that the engine has no part in: without an event one statement that commits by itself. */
    void moveAlone(Transition transition, @Nullable TaskEntry finished, @Nullable Audited audited) {
        try {
            told(audited, () -> {
                writer.move(
                        audited == null ? pool : transactional, transition, finished == null ? null : finished.id());
                return true;
            });
        } catch (RuntimeException e) {
            states.forget(transition.run().id());
            throw e;
        }
        committed(transition);
    }

    private void committed(Transition transition) {
        if (transition.run().status().ended()) {
            states.forget(transition.run().id());
        }
        callers.moved(transition);
        announce(transition);
    }

    private void announce(Transition transition) {
        var run = transition.run();
        for (var opened : transition.leased()) {
            workbench.take(Job.of(run, opened.task(), opened.dueAt()));
        }
        transition.released().forEach(workbench::drop);
        calls(transition);
        if (run.status().ended() && run.plan().definition().policy().limits() != null) {
            events.publishEvent(new RunQueue.Changed(run.plan().definition()));
        }
        List<RunMoved.TaskMoved> tasks = Stream.concat(transition.created().stream(), transition.changed().stream())
                .map(task -> new RunMoved.TaskMoved(task.id(), Node.drawn(task.elementId()), task.status()))
                .toList();
        events.publishEvent(new RunMoved(
                run.organization(),
                run.id(),
                run.plan().definition().workflow(),
                run.status(),
                transition.starting(),
                tasks,
                transition.at()));
    }

    private void calls(Transition transition) {
        var run = transition.run();
        var parent = run.parent();
        if (parent != null && run.status().ended()) {
            events.publishEvent(new CallWork.Returned(parent));
        }
        transition.changed().stream()
                .filter(task -> task.stepType().equals(CallStep.ID) && task.status() == RunStatus.CANCELLED)
                .forEach(task -> events.publishEvent(new AbandonedCalls.Abandoned(run.organization(), task.id())));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
