package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.model.ModelGateway;
import dev.cadre.platform.model.ModelReply;
import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ToolSchema;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.spi.StepException;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Conversation;
import dev.cadre.spi.agent.Message;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Drives an agent step: asks the agent for its next move, makes it, journals it, until the agent is done. Taken up
 * again after a crash it goes on behind the last journaled turn or tool result.
 */
@Component
class AgentWork {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

    private final ModelGateway models;
    private final AgentJournal journal;
    private final AgentTools tools;

    AgentWork(ModelGateway models, AgentJournal journal, AgentTools tools) {
        this.models = models;
        this.journal = journal;
        this.tools = tools;
    }

    Map<String, Object> perform(Job job, StepPerformer.AgentPerformer agent, TaskLog log) throws InterruptedException {
        return perform(journal, job, agent, log);
    }

    /** Like {@link #perform}, for a step that is tried by itself: nothing is journaled. */
    Map<String, Object> tryOut(Job job, StepPerformer.AgentPerformer agent, TaskLog log) throws InterruptedException {
        return perform(new TrialMemory(log), job, agent, log);
    }

    private Map<String, Object> perform(AgentMemory memory, Job job, StepPerformer.AgentPerformer agent, TaskLog log)
            throws InterruptedException {
        var end = Instant.now().plus(job.step().policy().timeout());
        var turns = new ArrayList<>(memory.turns(job));
        var messages = new ArrayList<Message>();
        for (var turn : turns) {
            messages.add(turn.message());
            messages.addAll(results(memory, job, turn));
        }
        completeCalls(memory, job, turns, messages, log);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            switch (agent.next(job.input(), conversation(messages, turns))) {
                case AgentMove.Finish<?> finish -> {
                    return agent.output(finish);
                }
                case AgentMove.CallModel<?> call -> {
                    var turn = ask(job, call, turns.size() + 1, end);
                    memory.write(job, turn);
                    turns.add(turn);
                    messages.add(turn.message());
                }
                case AgentMove.CallTools<?> call -> {
                    if (turns.isEmpty()) {
                        throw new StepException.Rejected("AGENT_FAULT", "The agent called tools before any model.");
                    }
                    var last = turns.getLast();
                    var answered = answered(messages);
                    var calls = call.calls().stream()
                            .filter(wanted -> !answered.contains(wanted.id()))
                            .toList();
                    if (calls.isEmpty()) {
                        throw new StepException.Rejected("AGENT_FAULT", "The agent asked for results that it has.");
                    }
                    messages.addAll(tools.run(memory, job, last.seq(), calls, tools.offers(last.tools()), log));
                }
            }
        }
    }

    /** A crash may have cut off some of the last turn's tool calls: an agent is asked again when all have their result. */
    private void completeCalls(
            AgentMemory memory, Job job, List<AgentMemory.Turn> turns, List<Message> messages, TaskLog log)
            throws InterruptedException {
        var answered = answered(messages);
        if (answered.isEmpty()) {
            return;
        }
        var last = turns.getLast();
        var missing = last.message().toolCalls().stream()
                .filter(call -> !answered.contains(call.id()))
                .toList();
        if (!missing.isEmpty()) {
            messages.addAll(tools.run(memory, job, last.seq(), missing, tools.offers(last.tools()), log));
        }
    }

    private AgentMemory.Turn ask(Job job, AgentMove.CallModel<?> call, int seq, Instant end) {
        var left = Duration.between(Instant.now(), end);
        if (left.isNegative() || left.isZero()) {
            throw new StepException.Rejected(
                    "STEP_TIMEOUT",
                    "The agent did not finish within " + job.step().policy().timeout() + ".");
        }
        var offers = tools.offers(call.tools());
        var schemas = offers.values().stream()
                .map(offer -> new ToolSchema(
                        offer.name(), offer.type().description(), offer.type().inputSchema()))
                .toList();
        ModelReply reply = models.call(new ModelRequest(
                call.models(),
                call.messages(),
                schemas,
                call.temperature(),
                call.maxOutputTokens(),
                left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL,
                job.idempotencyKey() + "-" + seq));
        return new AgentMemory.Turn(
                seq,
                reply.model(),
                new Message.Assistant(reply.text(), reply.toolCalls()),
                call.tools(),
                reply.usage().inputTokens(),
                reply.usage().outputTokens(),
                reply.usage().cost().decimal());
    }

    private static List<Message> results(AgentMemory memory, Job job, AgentMemory.Turn turn) {
        var results = new ArrayList<Message>();
        for (var call : turn.message().toolCalls()) {
            memory.outcome(job, turn.seq() + ":" + call.id())
                    .ifPresent(outcome -> results.add(
                            new Message.ToolResult(call.id(), call.tool(), outcome.content(), outcome.failed())));
        }
        return results;
    }

    /** The calls of the last turn that have their result. */
    private static List<String> answered(List<Message> messages) {
        var ids = new ArrayList<String>();
        for (var message : messages.reversed()) {
            if (!(message instanceof Message.ToolResult result)) {
                return ids;
            }
            ids.add(result.callId());
        }
        return ids;
    }

    private static Conversation conversation(List<Message> messages, List<AgentMemory.Turn> turns) {
        long inputTokens = 0;
        long outputTokens = 0;
        var cost = BigDecimal.ZERO;
        for (var turn : turns) {
            inputTokens += turn.inputTokens();
            outputTokens += turn.outputTokens();
            cost = cost.add(turn.cost());
        }
        return new Conversation(
                List.copyOf(messages),
                turns.size(),
                new Conversation.Usage(inputTokens, outputTokens, cost.toPlainString()));
    }
}
