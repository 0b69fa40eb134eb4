package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.connector.ConnectionLimits;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an agent step has paid for: its model's answers and its tools' results, each written once and never made again. */
@Component
class AgentJournal implements AgentMemory {

    /** The step was taken from this node, or cancelled, while it worked. */
    static final class LeaseLost extends RuntimeException {
        LeaseLost() {
            super("The lease is gone", null, false, false);
        }
    }

    private static final Duration PLACE_LOOK = Duration.ofMillis(500);
    private static final String INTERRUPTED = "The tool was interrupted.";

    private final JdbcClient jdbc;
    private final Node node;
    private final DatabaseGate gate;
    private final Workbench workbench;
    private final Beginnings beginnings;
    private final ConnectionLimits limits;
    private final ConnectionQueue connections;

    AgentJournal(
            JdbcClient jdbc,
            Node node,
            DatabaseGate gate,
            Workbench workbench,
            Beginnings beginnings,
            ConnectionLimits limits,
            ConnectionQueue connections) {
        this.jdbc = jdbc;
        this.node = node;
        this.gate = gate;
        this.workbench = workbench;
        this.beginnings = beginnings;
        this.limits = limits;
        this.connections = connections;
    }

    @Override
    public List<Turn> turns(Job job) {
        return reading(() -> jdbc.sql("""
                        select seq, model, message, input_tokens, output_tokens, cost from agent_turn where task_id = ? order by seq""")
                .param(job.task().value())
                .query((row, _) -> {
                    var message = Json.readMap(row.getString("message"));
                    return new Turn(
                            row.getInt("seq"),
                            row.getString("model"),
                            new Message.Assistant(
                                    String.valueOf(message.getOrDefault("text", "")), calls(message.get("toolCalls"))),
                            texts(message.get("tools")),
                            row.getLong("input_tokens"),
                            row.getLong("output_tokens"),
                            row.getBigDecimal("cost"));
                })
                .list());
    }

    @Override
    public void write(Job job, Turn turn) {
        var message = new LinkedHashMap<String, Object>();
        message.put("text", turn.message().text());
        message.put("toolCalls", turn.message().toolCalls());
        message.put("tools", turn.tools());
        mine(() -> jdbc.sql("""
                        with f as (select 1 from lease where task_id = :task and node = :node for update),
                        t as (insert into agent_turn (task_id, organization_id, run_id, seq, model, message, input_tokens,
                            output_tokens, cost, at)
                          select :task, :organization, :run, :seq, :model, :message::json, :in, :out, :cost, now()
                          where exists (select 1 from f) on conflict (task_id, seq) do nothing returning 1),
                        k as (update task set input_tokens = input_tokens + :in, output_tokens = output_tokens + :out,
                            cost = cost + :cost where id = :task and exists (select 1 from t)),
                        r as (update run set input_tokens = input_tokens + :in, output_tokens = output_tokens + :out,
                            cost = cost + :cost where id = :run and exists (select 1 from t))
                        select count(*) from f""")
                .param("task", job.task().value())
                .param("node", node.id())
                .param("organization", job.organization().value())
                .param("run", job.run().value())
                .param("seq", turn.seq())
                .param("model", turn.model())
                .param("message", Json.write(message))
                .param("in", turn.inputTokens())
                .param("out", turn.outputTokens())
                .param("cost", turn.cost())
                .query(Integer.class)
                .single());
    }

    @Override
    public Optional<ToolOutcome> open(
            Job job, String callId, String name, String stepType, Map<String, Object> arguments) {
        mine(() -> jdbc.sql("""
                        with f as (select 1 from lease where task_id = :parent and node = :node),
                        t as (insert into task (id, organization_id, run_id, element_id, iteration, visit, parent_id, call_id, name,
                            step_type, status, input, started_at)
                          select :id, :organization, :run, :element, :iteration, :visit, :parent, :call, :name, :type, 'running',
                            :input::json, now() where exists (select 1 from f)
                          on conflict (parent_id, call_id) do nothing)
                        select count(*) from f""")
                .param("parent", job.task().value())
                .param("node", node.id())
                .param("id", Ids.create())
                .param("organization", job.organization().value())
                .param("run", job.run().value())
                .param("element", job.step().id())
                .param("iteration", job.iteration())
                .param("visit", job.visit())
                .param("call", callId)
                .param("name", name)
                .param("type", stepType)
                .param("input", Json.text(arguments))
                .query(Integer.class)
                .single());
        return outcome(job, callId);
    }

    @Override
    public Place place(Job job, String callId, @Nullable String connection) throws InterruptedException {
        var limit = connection == null
                ? null
                : limits.of(job.organization(), connection).orElse(null);
        if (limit == null) {
            return () -> {};
        }
        var entrant = reading(() -> jdbc.sql("select id, attempt from task where parent_id = ? and call_id = ?")
                .params(job.task().value(), callId)
                .query((row, _) -> new ConnectionQueue.Entrant(
                        job.organization(),
                        job.run(),
                        new TaskId(row.getObject("id", UUID.class)),
                        row.getInt("attempt")))
                .single());
        while (!connections.enter(entrant, limit)) {
            if (!connections.isOpen()) {
                throw new InterruptedException("The hub stops: whoever takes the agent up goes on");
            }
            Thread.sleep(PLACE_LOOK);
            requireLease(job);
        }
        return () -> connections.leave(limit);
    }

    /** Who waited may have lost the agent meanwhile: another node has the place then. */
    private void requireLease(Job job) {
        mine(() -> jdbc.sql("select count(*) from lease where task_id = ? and node = ?")
                .params(job.task().value(), node.id())
                .query(Integer.class)
                .single());
    }

    @Override
    public void attemptAgain(Job job, String callId) {
        mine(() -> jdbc.sql("""
                        with f as (select 1 from lease where task_id = :parent and node = :node),
                        t as (update task set attempt = attempt + 1
                          where parent_id = :parent and call_id = :call and exists (select 1 from f))
                        select count(*) from f""")
                .param("parent", job.task().value())
                .param("node", node.id())
                .param("call", callId)
                .query(Integer.class)
                .single());
    }

    @Override
    public void begin(Job job, String callId, UUID mark) {
        beginnings.begin(job, callId, mark);
    }

    @Override
    public Optional<ToolOutcome> outcome(Job job, String callId) {
        return reading(() -> jdbc.sql(
                        "select status, output, error from task where parent_id = ? and call_id = ? and status in ('succeeded', 'failed', 'cancelled')")
                .params(job.task().value(), callId)
                .query((row, _) -> row.getString("status").equals(RunStatus.SUCCEEDED.text())
                        ? new ToolOutcome(row.getString("output"), false)
                        : new ToolOutcome(Objects.requireNonNullElse(row.getString("error"), INTERRUPTED), true))
                .optional());
    }

    @Override
    public ToolOutcome close(Job job, String callId, @Nullable Object output, @Nullable StepError error) {
        var outcome = error == null
                ? new ToolOutcome(Json.text(output), false)
                : new ToolOutcome(Json.text(error.values()), true);
        mine(() -> jdbc.sql("""
                        with f as (select 1 from lease where task_id = :parent and node = :node),
                        t as (update task set status = :status, output = :output::json, error = :error::json, ended_at = now()
                          where parent_id = :parent and call_id = :call and exists (select 1 from f))
                        select count(*) from f""")
                .param("parent", job.task().value())
                .param("node", node.id())
                .param("call", callId)
                .param("status", (error == null ? RunStatus.SUCCEEDED : RunStatus.FAILED).text())
                .param("output", error == null ? outcome.content() : null)
                .param("error", error == null ? null : outcome.content())
                .query(Integer.class)
                .single());
        return outcome;
    }

    /** Waits while the database is away: what was paid for is there, a step must not fail for not seeing it. */
    private <T> T reading(Supplier<T> query) {
        return DatabaseFailures.patiently(workbench::isOpen, () -> gate.through(query));
    }

    /** Writes under the lease, more than once where an answer is lost; waits while the database is away, since what is to be written is paid for. */
    private void mine(Supplier<Integer> statement) {
        boolean held = DatabaseFailures.patiently(workbench::isOpen, () -> gate.through(statement) == 1);
        if (!held) {
            throw new LeaseLost();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Message.ToolCall> calls(@Nullable Object value) {
        var calls = new ArrayList<Message.ToolCall>();
        if (value instanceof List<?> list) {
            for (var item : list) {
                if (item instanceof Map<?, ?> call) {
                    var arguments = call.get("arguments") instanceof Map<?, ?> map
                            ? (Map<String, Object>) map
                            : Map.<String, Object>of();
                    calls.add(new Message.ToolCall(
                            String.valueOf(call.get("id")), String.valueOf(call.get("tool")), arguments));
                }
            }
        }
        return calls;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
