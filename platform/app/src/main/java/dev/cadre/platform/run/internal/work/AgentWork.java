package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.model.ModelGateway;
import dev.cadre.platform.model.ModelReply;
import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ToolSchema;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.spi.StepException;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.time.Instant;
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

    /** What an agent does when its models have said what they want. */
    sealed interface Decision {
        /** The step's output. */
        record Finished(Map<String, Object> output) implements Decision {}

        /** Calls without a result, of the turn with the number. */
        record Call(int turn, List<Message.ToolCall> calls) implements Decision {}
    }

    Map<String, Object> perform(Job job, StepPerformer.AgentPerformer agent, TaskLog log) throws InterruptedException {
        return perform(journal, job, agent, log);
    }

    /** Like {@link #perform}, for a step that is tried by itself: nothing is journaled. */
    Map<String, Object> tryOut(Job job, StepPerformer.AgentPerformer agent, TaskLog log) throws InterruptedException {
        return perform(new TrialMemory(log), job, agent, log);
    }

    /** Asks an agent whose tools are drawn inside it, up to the point where they are to be called. */
    Decision turn(Job job, StepPerformer.AgentPerformer agent) throws InterruptedException {
        var talk = Talk.of(journal, job);
        return decide(journal, job, agent, talk, end(job));
    }

    private Map<String, Object> perform(AgentMemory memory, Job job, StepPerformer.AgentPerformer agent, TaskLog log)
            throws InterruptedException {
        var end = end(job);
        var talk = Talk.of(memory, job);
        while (true) {
            switch (decide(memory, job, agent, talk, end)) {
                case Decision.Finished finished -> {
                    return finished.output();
                }
                case Decision.Call call -> {
                    var offers = tools.offers(talk.last().tools());
                    talk.add(tools.run(memory, job, call.turn(), call.calls(), offers, log));
                }
            }
        }
    }

    private static Instant end(Job job) {
        return Instant.now().plus(job.step().policy().timeout());
    }

    private Decision decide(AgentMemory memory, Job job, StepPerformer.AgentPerformer agent, Talk talk, Instant end)
            throws InterruptedException {
        var cutOff = talk.cutOff();
        if (!cutOff.isEmpty()) {
            return new Decision.Call(talk.last().seq(), cutOff);
        }
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            switch (agent.next(job.input(), talk.conversation())) {
                case AgentMove.Finish<?> finish -> {
                    return new Decision.Finished(agent.output(finish));
                }
                case AgentMove.CallModel<?> call -> {
                    var turn = ask(job, call, talk, end);
                    memory.write(job, turn);
                    talk.add(turn);
                }
                case AgentMove.CallTools<?> call -> {
                    return new Decision.Call(talk.last().seq(), talk.unanswered(call.calls()));
                }
            }
        }
    }

    private AgentMemory.Turn ask(Job job, AgentMove.CallModel<?> call, Talk talk, Instant end) {
        var left = Duration.between(Instant.now(), end);
        if (left.isNegative() || left.isZero()) {
            throw new StepException.Rejected(
                    "STEP_TIMEOUT",
                    "The agent did not finish within " + job.step().policy().timeout() + ".");
        }
        int seq = talk.turns() + 1;
        var offered = offered(job, call);
        var request = new ModelRequest(
                call.models(),
                call.messages(),
                offered,
                call.temperature(),
                call.maxOutputTokens(),
                left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL,
                job.idempotencyKey() + "-" + seq);
        refuseBeyondBudget(job, request, talk);
        ModelReply reply = models.call(request);
        return new AgentMemory.Turn(
                seq,
                reply.model(),
                new Message.Assistant(reply.text(), reply.toolCalls()),
                job.agent() == null
                        ? call.tools()
                        : offered.stream().map(ToolSchema::name).toList(),
                reply.usage().inputTokens(),
                reply.usage().outputTokens(),
                reply.usage().cost().decimal());
    }

    private List<ToolSchema> offered(Job job, AgentMove.CallModel<?> call) {
        var agent = job.agent();
        return agent == null
                ? tools.offers(call.tools()).values().stream()
                        .map(offer -> new ToolSchema(
                                offer.name(),
                                offer.type().description(),
                                offer.type().inputSchema()))
                        .toList()
                : agent.tools().stream()
                        .map(tool -> new ToolSchema(tool.name(), tool.description(), tool.schema()))
                        .toList();
    }

    /** What the step has cost, and what the next answer may cost, must fit into its budget. */
    private void refuseBeyondBudget(Job job, ModelRequest request, Talk talk) {
        var budget = job.step().policy().budget();
        if (budget == null) {
            return;
        }
        var spent = talk.cost();
        var next = models.estimate(request).decimal();
        if (spent.add(next).compareTo(budget) > 0) {
            throw new StepException.Rejected(
                    "BUDGET_EXCEEDED",
                    "The agent has cost USD " + spent.toPlainString() + ", and its next turn may cost USD "
                            + next.toPlainString() + ": that is more than its budget of USD " + budget.toPlainString()
                            + ".");
        }
    }
}
