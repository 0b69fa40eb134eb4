package dev.cadre.platform.run.internal.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadre.platform.run.ParentStep;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.platform.workflow.Workflows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the state of runs that this node moves; what it does not know it rebuilds from the journal. */
@Component
public class RunStates {

    private final JdbcClient jdbc;
    private final Workflows workflows;
    private final ResumeLinks links;
    private final Cache<RunId, RunState> known =
            Caffeine.newBuilder().maximumSize(2_000).build();
    private final Cache<PlanKey, Plan> plans =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private record PlanKey(UUID workflow, int revision, boolean published) {}

    RunStates(JdbcClient jdbc, Workflows workflows, ResumeLinks links) {
        this.jdbc = jdbc;
        this.workflows = workflows;
        this.links = links;
    }

    /** The plan of a definition; the same object each time. */
    public Plan plan(WorkflowDefinition definition) {
        var key = new PlanKey(definition.workflow().value(), definition.revision(), definition.version() != null);
        var plan = plans.get(key, _ -> new Plan(definition, links));
        return plan.definition().equals(definition) ? plan : new Plan(definition, links);
    }

    public void keep(RunState state) {
        known.put(state.id(), state);
    }

    /** To be called when a transition was not committed, and when a run has ended. */
    public void forget(RunId run) {
        known.invalidate(run);
    }

    /** Empty where the run does not exist. The caller holds the run's lock. */
    public Optional<RunState> find(RunId run) {
        var state = known.getIfPresent(run);
        if (state != null) {
            return Optional.of(state);
        }
        var loaded = load(run);
        loaded.ifPresent(this::keep);
        return loaded;
    }

    private Optional<RunState> load(RunId run) {
        return jdbc.sql("""
                        select id, organization_id, workflow_id, workflow_revision, workflow_version, status, trigger_use, input, vars,
                          output, error, stuck, revision, started_at, parent_run_id, parent_task_id, paused_at from run where id = ?""").param(run.value()).query(this::state).optional().map(this::withTasks);
    }

    private RunState state(ResultSet row, int number) throws SQLException {
        var organization = new OrganizationId(row.getObject("organization_id", UUID.class));
        var workflow = new WorkflowId(row.getObject("workflow_id", UUID.class));
        var version = row.getObject("workflow_version", Integer.class);
        var definition = version == null
                ? workflows.revision(organization, workflow, row.getInt("workflow_revision"))
                : workflows.version(organization, workflow, version);
        var state = new RunState(
                new RunId(row.getObject("id", UUID.class)),
                organization,
                plan(definition),
                row.getString("trigger_use"),
                Json.read(row.getString("input")),
                Json.readMap(row.getString("vars")),
                instant(row, "started_at"),
                parent(row));
        var status = RunStatus.of(row.getString("status"));
        state.become(status);
        state.conclude(Json.read(row.getString("output")));
        state.revision(row.getInt("revision"));
        state.paused(row.getObject("paused_at") != null);
        if (status == RunStatus.FAILED) {
            var error = Json.readMap(row.getString("error"));
            state.failed(
                    new StepError(String.valueOf(error.get("code")), String.valueOf(error.get("message"))),
                    error.get("elementId") instanceof String element ? element : null,
                    error.get("taskId") instanceof String id ? new TaskId(UUID.fromString(id)) : null);
        }
        if (Json.read(row.getString("stuck")) instanceof List<?> stuck) {
            stuck.forEach(execution -> state.stick(String.valueOf(execution)));
        }
        return state;
    }

    private static @Nullable ParentStep parent(ResultSet row) throws SQLException {
        var run = row.getObject("parent_run_id", UUID.class);
        var task = row.getObject("parent_task_id", UUID.class);
        return run == null || task == null ? null : new ParentStep(new RunId(run), new TaskId(task));
    }

    /** What can be undone is known in the order in which it ended. */
    private record Ended(Instant at, String elementId, String iteration) {}

    private RunState withTasks(RunState state) {
        var ended = new ArrayList<Ended>();
        jdbc.sql("""
                        select id, element_id, iteration, visit, parent_id, call_id, name, step_type, status, attempt, max_attempts, input,
                          output, error, execution_id, started_at, ended_at from task
                        where run_id = ? and (call_id is null or step_type = 'tool-call') order by started_at, id""")
                .param(state.id().value())
                .query((row, _) -> {
                    restore(state, row, ended);
                    return 1;
                })
                .list();
        ended.sort(Comparator.comparing(Ended::at));
        ended.forEach(one -> state.compensable().done(one.elementId(), one.iteration()));
        return state;
    }

    private static void restore(RunState state, ResultSet row, List<Ended> ended) throws SQLException {
        var status = RunStatus.of(row.getString("status"));
        var entry = new TaskEntry(
                new TaskId(row.getObject("id", UUID.class)),
                row.getString("element_id"),
                row.getString("iteration"),
                row.getInt("visit"),
                row.getString("name"),
                row.getString("step_type"),
                row.getInt("max_attempts"),
                row.getString("execution_id"),
                instant(row, "started_at"));
        var parent = row.getObject("parent_id", UUID.class);
        if (parent != null) {
            entry.under(new TaskId(parent));
            state.reachedOneMore(new TaskId(parent));
        }
        entry.with(Json.readMap(row.getString("input")));
        var output = Json.read(row.getString("output"));
        entry.restore(status, row.getInt("attempt"), output);
        state.visited(entry);
        if (entry.stepType().equals(TaskEntry.TOOL)) {
            reopenCall(state, entry.called(row.getString("call_id")));
            return;
        }
        if (entry.stepType().equals(TaskEntry.END)) {
            state.plan().around(entry.elementId()).ifPresent(group -> {
                state.ended(group, entry.iteration(), output);
            });
            return;
        }
        if (entry.stepType().equals(TaskEntry.ITEM)) {
            state.output(entry.iteration(), TaskEntry.END, Map.of("error", Json.readMap(row.getString("error"))));
            return;
        }
        switch (status) {
            case SUCCEEDED -> {
                state.output(entry.iteration(), entry.elementId(), output);
                ended.add(new Ended(instant(row, "ended_at"), entry.elementId(), entry.iteration()));
            }
            case RUNNING, WAITING, QUEUED -> reopen(state, entry);
            case FAILED -> {
                state.output(
                        entry.iteration(), entry.elementId(), Map.of("error", Json.readMap(row.getString("error"))));
                if (state.stuck().contains(RunState.heldBy(entry.id()))) {
                    state.opened(entry);
                }
            }
            case CANCELLED -> {
                // Left no trace in the data.
            }
        }
    }

    private static void reopenCall(RunState state, TaskEntry call) {
        state.calls().known(call);
        if (!call.status().ended()) {
            state.opened(call);
        }
    }

    private static void reopen(RunState state, TaskEntry entry) {
        state.opened(entry);
        if (entry.stepType().equals(TaskEntry.FOR_EACH)
                && entry.input() != null
                && entry.input().get("items") instanceof List<?> items) {
            state.loop(entry.elementId(), entry.iteration(), items);
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
