package dev.cadre.platform.run.internal.migration;

import dev.cadre.platform.run.Migration;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.internal.engine.EngineInstances;
import dev.cadre.platform.run.internal.journal.Place;
import dev.cadre.platform.run.internal.journal.Plan;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.run.internal.work.RunMoves;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks how a run would stand in another version, and puts it there. */
@Component
public class Mover {

    private final RunStates states;
    private final RunMoves moves;
    private final EngineInstances engine;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Mover(RunStates states, RunMoves moves, EngineInstances engine, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.events = events;
        this.states = states;
        this.moves = moves;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    public Migration preview(OrganizationId organization, RunId id, WorkflowDefinition target) {
        return moves.alone(id, () -> look(own(organization, id), states.plan(target)));
    }

    /** Moves the run where nothing is lost, and tells the audit log with it; else says why not. */
    public Migration migrate(OrganizationId organization, RunId id, WorkflowDefinition target, Audited audited) {
        return moves.alone(id, () -> {
            var run = own(organization, id);
            var to = states.plan(target);
            var looked = look(run, to);
            if (!looked.problems().isEmpty()) {
                return looked;
            }
            engine.prepare(to);
            try {
                moves.inTransaction(() -> {
                    move(run, to);
                    events.publishEvent(audited);
                    return true;
                });
            } finally {
                states.forget(id);
            }
            return looked.done();
        });
    }

    private Migration look(RunState run, Plan to) {
        var fit = new Fit(run, to);
        if (run.keptByEngine()) {
            engine.elements(run.id()).forEach(fit::stands);
        }
        var definition = run.plan().definition();
        var problems = new ArrayList<>(fit.problems());
        refused(run, to).ifPresent(problems::add);
        return new Migration(
                run.id(), definition.version(), run.status(), fit.mapped(), problems, fit.warnings(), false);
    }

    private static Optional<String> refused(RunState run, Plan to) {
        var from = run.plan().definition();
        if (!from.workflow().equals(to.definition().workflow())) {
            return Optional.of("The run is of another workflow.");
        }
        if (run.status() == RunStatus.SUCCEEDED || run.status() == RunStatus.CANCELLED) {
            return Optional.of("The run has ended.");
        }
        if (from.revision() == to.definition().revision() && from.version() != null) {
            return Optional.of("The run has this version already.");
        }
        return run.isCancelling() ? Optional.of("The run is being cancelled.") : Optional.empty();
    }

    private void move(RunState run, Plan to) {
        var target = to.definition();
        int moved = jdbc.sql("""
                        update run set workflow_version = :version, workflow_revision = :workflow, workflow_name = :name,
                          revision = revision + 1 where id = :run and revision = :revision""")
                .param("version", target.version())
                .param("workflow", target.revision())
                .param("name", target.name())
                .param("run", run.id().value())
                .param("revision", run.revision())
                .update();
        if (moved != 1) {
            throw RunException.movedMeanwhile();
        }
        if (run.keptByEngine()) {
            engine.redefine(run.id(), to);
        } else if (!to.isPlain()) {
            keep(run, to);
        }
    }

    /** Until now the journal alone knew where the one token is; the new version needs the engine to keep it. */
    private void keep(RunState run, Plan to) {
        for (var task : run.openTasks()) {
            var token = task.executionId();
            if (token != null && task.parent() == null) {
                var execution = engine.place(run.id(), to, element(token));
                rename(run.id(), token, execution, task.id());
            }
        }
        for (var token : run.stuck()) {
            var place = Place.element(RunState.executionAt(token));
            place.ifPresent(element ->
                    rename(run.id(), RunState.executionAt(token), engine.place(run.id(), to, element), null));
        }
    }

    private static String element(String token) {
        return Place.element(token).orElseThrow();
    }

    private void rename(RunId run, String token, String execution, @Nullable TaskId task) {
        jdbc.sql("update task set execution_id = ? where run_id = ? and execution_id = ?"
                        + " and (status in ('running', 'waiting') or id = any(?))")
                .params(
                        execution,
                        run.value(),
                        token,
                        (task == null ? List.<TaskId>of() : List.of(task))
                                .stream().map(TaskId::value).toArray(UUID[]::new))
                .update();
        jdbc.sql("update run set stuck = replace(stuck::text, ?, ?)::json where id = ? and stuck is not null")
                .params("\"" + token, "\"" + execution, run.value())
                .update();
    }

    private RunState own(OrganizationId organization, RunId id) {
        states.forget(id);
        return states.find(id)
                .filter(run -> run.organization().equals(organization))
                .orElseThrow(RunException::notFound);
    }
}
