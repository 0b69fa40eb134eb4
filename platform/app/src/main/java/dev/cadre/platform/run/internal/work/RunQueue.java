package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.shared.Clockwork;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Begins queued runs when it is their turn: whenever one is accepted or has ended, and every second for those of rates. */
@Component
class RunQueue implements DisposableBean {

    /** A run was accepted into the queue of its workflow, or one of its places is free. */
    record Changed(WorkflowDefinition definition) {}

    private static final Logger log = LoggerFactory.getLogger(RunQueue.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int STRANDED_LOOK = 5;

    private final QueueRows rows;
    private final Moves moves;
    private final RunStates states;
    private final Workbench workbench;
    private final DatabaseGate gate;
    private final Turns<Object> turns = new Turns<>("run-queue");
    private final Clockwork clock = new Clockwork("run-queue");
    private int looks;

    RunQueue(QueueRows rows, Moves moves, RunStates states, Workbench workbench, DatabaseGate gate) {
        this.rows = rows;
        this.moves = moves;
        this.states = states;
        this.workbench = workbench;
        this.gate = gate;
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        clock.start(LOOK, this::look);
    }

    @Override
    public void destroy() {
        clock.stop(Duration.ZERO);
    }

    @EventListener
    void on(Changed changed) {
        turns.soon(changed.definition().workflow(), () -> admit(changed.definition()));
    }

    private void look() {
        if (!workbench.isOpen()) {
            return;
        }
        try {
            gate.through(rows::waiting).forEach(run -> definition(run).ifPresent(this::admit));
            if (looks++ % STRANDED_LOOK == 0) {
                gate.through(rows::stranded).forEach(moves::begin);
            }
        } catch (RuntimeException e) {
            log.warn("Queued runs can't be looked for now: {}", e.getMessage());
        }
    }

    private Optional<WorkflowDefinition> definition(RunId run) {
        return moves.moving(run, () -> states.find(run))
                .map(state -> state.plan().definition());
    }

    private void admit(WorkflowDefinition definition) {
        var limits = definition.policy().limits();
        if (limits == null || !workbench.isOpen()) {
            return;
        }
        try {
            var admitted = gate.through(() ->
                    moves.inTransaction(() -> rows.admit(definition.organization(), definition.workflow(), limits)));
            admitted.forEach(moves::begin);
        } catch (RuntimeException e) {
            log.info("Queued runs of workflow {} wait a second: {}", definition.workflow(), e.getMessage());
        }
    }
}
