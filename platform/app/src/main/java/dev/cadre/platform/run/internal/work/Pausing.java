package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.RunMoved;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.RunStates;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Pauses runs and lets them go on. The database says which are paused: leases of what waits are parked there with a node
 * that does not exist, and what comes of a task meanwhile is kept at the task. When the run goes on all of them are free
 * to be taken, so that it does not matter which node pauses, works, stops or goes on.
 */
@Component
public class Pausing {

    /** Leases of a run that went on are free: whoever hears it takes them. */
    record Freed() {}

    private final JdbcClient jdbc;
    private final Node node;
    private final Moves moves;
    private final RunStates states;
    private final Messages messages;
    private final ApplicationEventPublisher events;

    Pausing(
            JdbcClient jdbc,
            Node node,
            Moves moves,
            RunStates states,
            Messages messages,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.node = node;
        this.moves = moves;
        this.states = states;
        this.messages = messages;
        this.events = events;
    }

    /** Nothing new begins in the run, and in those that it has called. The audit log is told with the run itself. */
    public void pause(OrganizationId organization, RunId id, Audited audited) {
        var run = own(organization, id);
        if (run.status().ended()) {
            throw RunException.endedCannotPause(run.status());
        }
        forCalled(id, each -> {
            moves.moving(each, () -> moves.told(each.equals(id) ? audited : null, () -> pause(each)));
            moved(organization, each);
        });
    }

    /** For the run and for all that it has called, whether they are in the caller's sight or not. */
    private void forCalled(RunId id, Consumer<RunId> work) {
        Walls.withinAllProjects(() -> {
            withCalled(id).forEach(work);
            return id;
        });
    }

    /** Begun work keeps its lease; what waits for its time loses it. What begins to wait later looks first. */
    private boolean pause(RunId id) {
        states.forget(id);
        jdbc.sql("""
                        with r as (update run set paused_at = now(), revision = revision + 1
                          where id = :run and status in ('queued', 'running', 'waiting') and paused_at is null returning 1)
                        update lease set node = :paused where run_id = :run and due_at > now() and exists (select 1 from r)""").param("run", id.value()).param("paused", Handover.PAUSED).update();
        return true;
    }

    /** The run goes on, and those that it has called: what was due meanwhile happens now. */
    public void resume(OrganizationId organization, RunId id, Audited audited) {
        own(organization, id);
        forCalled(id, each -> {
            moves.moving(each, () -> moves.told(each.equals(id) ? audited : null, () -> resume(each)));
            moved(organization, each);
        });
        events.publishEvent(new Freed());
        messages.send(Handover.TOPIC, "");
    }

    private boolean resume(RunId id) {
        states.forget(id);
        jdbc.sql("""
                        with r as (update run set paused_at = null, revision = revision + 1
                          where id = :run and paused_at is not null returning 1)
                        update lease set node = :nobody,
                          due_at = case when exists (select 1 from task where id = lease.task_id and step_type = :call)
                            then now() else due_at end
                        where run_id = :run and node = :paused and exists (select 1 from r)""")
                .param("run", id.value())
                .param("nobody", Handover.NOBODY)
                .param("paused", Handover.PAUSED)
                .param("call", CallStep.ID)
                .update();
        return true;
    }

    /**
     * Keeps what a task of a paused run came to; false when the run went on, or the lease went away, meanwhile.
     *
     * @param leased whether this node has the task's lease; else it waits for people or events
     */
    boolean keep(Job job, int revision, Completion.Result result, boolean leased) {
        return moves.told(result.audited(), () -> kept(job, revision, result, leased));
    }

    private boolean kept(Job job, int revision, Completion.Result result, boolean leased) {
        // The row has moved, whether or not the rest of it works out.
        states.forget(job.run());
        var lease = leased ? """
                  update lease set node = :paused, due_at = now() where task_id = :task and node = :node
                    and exists (select 1 from r) returning 1""" : """
                  insert into lease (task_id, organization_id, run_id, node, due_at)
                    select :task, :organization, :run, :paused, now() from r
                    on conflict (task_id) do update set node = :paused, due_at = now() returning 1""";
        boolean kept = jdbc.sql("""
                        with r as (update run set revision = revision + 1
                            where id = :run and revision = :revision and paused_at is not null returning 1),
                          l as (%s)
                        update task set status = 'running', held = :held::json, output = :output::json, attempt = :attempt,
                          next_attempt_at = null, error = null where id = :task and exists (select 1 from l)""".formatted(lease))
                        .param("run", job.run().value())
                        .param("revision", revision)
                        .param("paused", Handover.PAUSED)
                        .param("task", job.task().value())
                        .param("node", node.id())
                        .param("organization", job.organization().value())
                        .param("held", HeldResult.write(result))
                        .param("output", Json.write(result.output()))
                        .param("attempt", job.attempt())
                        .update()
                == 1;
        if (kept) {
            result.lines().forEach(line -> Postponement.write(jdbc, job, line));
        }
        return kept;
    }

    private RunState own(OrganizationId organization, RunId id) {
        return moves.moving(id, () -> {
            states.forget(id);
            return states.find(id)
                    .filter(run -> run.organization().equals(organization))
                    .orElseThrow(RunException::notFound);
        });
    }

    /** The run and the open ones that its steps have called, at any depth. */
    private List<RunId> withCalled(RunId id) {
        return jdbc.sql("""
                        with recursive called (id, depth) as (
                          select ?::uuid, 0
                          union all
                          select r.id, called.depth + 1 from called
                            join task t on t.run_id = called.id and t.step_type = ? and t.ended_at is null
                            join run r on r.parent_task_id = t.id and r.ended_at is null
                          where called.depth < 20)
                        select id from called""")
                .params(id.value(), CallStep.ID)
                .query((row, _) -> new RunId(row.getObject("id", UUID.class)))
                .list();
    }

    private void moved(OrganizationId organization, RunId id) {
        moves.moving(id, () -> states.find(id))
                .ifPresent(run -> events.publishEvent(new RunMoved(
                        organization,
                        id,
                        run.plan().definition().workflow(),
                        run.status(),
                        false,
                        List.of(),
                        Instant.now())));
    }
}
