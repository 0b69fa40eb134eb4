package dev.cadre.plugin.assistant;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.agent.Agent;
import dev.cadre.spi.agent.AgentDefinition;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Conversation;
import dev.cadre.spi.agent.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pf4j.Extension;

/** Asks the model until it answers without wanting a tool, or its turns are used up. */
@Extension
public final class AssistantAgent implements Agent<Task, Task.Answer> {

    private static final String ICON = "M6 6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2z"
            + "M12 2v2M9 12v9M15 12v9M5 16l4-2M15 14l4 2M9 18h6M10 8v.01M14 8v.01";

    @Override
    public AgentDefinition<Task, Task.Answer> definition() {
        return new AgentDefinition<>(
                new StepInfo(
                        "agent",
                        "AI agent",
                        "Follows instructions with a language model and the tools it is given.",
                        "AI",
                        ICON),
                Task.class,
                Task.Answer.class);
    }

    @Override
    public AgentMove<Task.Answer> next(Task task, Conversation conversation) {
        if (task.agent() != null && !task.agent().isBlank()) {
            throw new Rejected(
                    "AGENT_NOT_FOUND",
                    "There is no stored agent \"" + task.agent() + "\": give instructions and a model instead.");
        }
        var messages = conversation.messages();
        if (!messages.isEmpty() && messages.getLast() instanceof Message.Assistant answer) {
            return answer.toolCalls().isEmpty()
                    ? finish(task, answer, conversation)
                    : new AgentMove.CallTools<>(answer.toolCalls());
        }
        int most = task.maxTurns() == null ? 10 : task.maxTurns();
        if (conversation.modelCalls() >= most) {
            throw new Rejected(
                    "AGENT_TURNS_EXHAUSTED",
                    "The agent has no answer after " + most + " turns: allow more turns or make the task smaller.");
        }
        return new AgentMove.CallModel<>(
                models(task),
                Stream.concat(Prompt.opening(task).stream(), messages.stream().map(Prompt::asData))
                        .toList(),
                task.tools() == null ? List.of() : task.tools(),
                task.temperature(),
                task.maxOutputTokens());
    }

    private static List<String> models(Task task) {
        var models = new ArrayList<String>();
        models.add(task.model() == null || task.model().isBlank() ? "default" : task.model());
        if (task.fallbackModels() != null) {
            models.addAll(task.fallbackModels());
        }
        return models;
    }

    private static AgentMove<Task.Answer> finish(Task task, Message.Assistant answer, Conversation conversation) {
        var usage = conversation.usage();
        Object output = Prompt.wantsJson(task) ? JsonAnswer.read(answer.text()) : answer.text();
        return new AgentMove.Finish<>(new Task.Answer(
                output,
                conversation.modelCalls(),
                new Task.Usage(usage.inputTokens(), usage.outputTokens(), usage.cost())));
    }
}
