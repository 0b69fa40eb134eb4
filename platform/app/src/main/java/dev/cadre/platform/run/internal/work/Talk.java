package dev.cadre.platform.run.internal.work;

import dev.cadre.spi.StepException;
import dev.cadre.spi.agent.Conversation;
import dev.cadre.spi.agent.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was said in an agent step so far: the model's turns, and what came of the tools that they asked for. */
final class Talk {

    private final List<AgentMemory.Turn> turns;
    private final List<Message> messages = new ArrayList<>();

    private Talk(List<AgentMemory.Turn> turns) {
        this.turns = new ArrayList<>(turns);
    }

    static Talk of(AgentMemory memory, Job job) {
        var talk = new Talk(memory.turns(job));
        for (var turn : talk.turns) {
            talk.messages.add(turn.message());
            for (var call : turn.message().toolCalls()) {
                memory.outcome(job, turn.seq() + ":" + call.id())
                        .ifPresent(outcome -> talk.messages.add(
                                new Message.ToolResult(call.id(), call.tool(), outcome.content(), outcome.failed())));
            }
        }
        return talk;
    }

    void add(AgentMemory.Turn turn) {
        turns.add(turn);
        messages.add(turn.message());
    }

    void add(List<Message> results) {
        messages.addAll(results);
    }

    int turns() {
        return turns.size();
    }

    AgentMemory.Turn last() {
        if (turns.isEmpty()) {
            throw new StepException.Rejected("AGENT_FAULT", "The agent called tools before any model.");
        }
        return turns.getLast();
    }

    BigDecimal cost() {
        return turns.stream().map(AgentMemory.Turn::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A crash may have cut off some of the last turn's tool calls: an agent is asked again when all have their result. */
    List<Message.ToolCall> cutOff() {
        var answered = answered();
        return answered.isEmpty()
                ? List.of()
                : last().message().toolCalls().stream()
                        .filter(call -> !answered.contains(call.id()))
                        .toList();
    }

    /** Those of the calls that have no result yet. */
    List<Message.ToolCall> unanswered(List<Message.ToolCall> calls) {
        last();
        var answered = answered();
        var open = calls.stream().filter(call -> !answered.contains(call.id())).toList();
        if (open.isEmpty()) {
            throw new StepException.Rejected("AGENT_FAULT", "The agent asked for results that it has.");
        }
        return open;
    }

    /** The calls of the last turn that have their result. */
    private Set<String> answered() {
        return messages.reversed().stream()
                .takeWhile(Message.ToolResult.class::isInstance)
                .map(message -> ((Message.ToolResult) message).callId())
                .collect(Collectors.toSet());
    }

    Conversation conversation() {
        long inputTokens =
                turns.stream().mapToLong(AgentMemory.Turn::inputTokens).sum();
        long outputTokens =
                turns.stream().mapToLong(AgentMemory.Turn::outputTokens).sum();
        return new Conversation(
                List.copyOf(messages),
                turns.size(),
                new Conversation.Usage(inputTokens, outputTokens, cost().toPlainString()));
    }
}
