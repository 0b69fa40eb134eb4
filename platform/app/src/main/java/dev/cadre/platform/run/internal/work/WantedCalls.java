package dev.cadre.platform.run.internal.work;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.AgentCalls.Wanted;
import dev.cadre.platform.run.internal.journal.Json;
import dev.cadre.platform.workflow.Node;
import dev.cadre.spi.agent.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what a model wants before it begins: whether there is such a tool, and whether the arguments fit it. */
final class WantedCalls {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_BYTES = 100_000;

    private WantedCalls() {}

    /** One for each name; where an agent takes one tool at a time only the first. */
    static List<Wanted> of(Node.Role.Agent agent, AgentWork.Decision.Call decision) {
        var names = new HashSet<String>();
        var wanted = new ArrayList<Wanted>();
        for (var call : decision.calls()) {
            if (names.add(call.id())) {
                wanted.add(of(agent, decision.turn(), call));
            }
        }
        return agent.sequential() ? wanted.subList(0, 1) : wanted;
    }

    private static Wanted of(Node.Role.Agent agent, int turn, Message.ToolCall call) {
        var tool = agent.tools().stream()
                .filter(known -> known.name().equals(call.tool()))
                .findFirst()
                .orElse(null);
        boolean tooLarge = Json.bytes(call.arguments()).length > MOST_BYTES;
        return new Wanted(
                turn + ":" + call.id(),
                call.tool(),
                tooLarge ? Map.of() : call.arguments(),
                tool,
                refused(tool, call, tooLarge));
    }

    private static @Nullable StepError refused(Node.@Nullable Tool tool, Message.ToolCall call, boolean tooLarge) {
        if (tool == null) {
            return new StepError("UNKNOWN_TOOL", "There is no tool \"" + call.tool() + "\" here.");
        }
        if (tooLarge) {
            return new StepError("INVALID_ARGUMENTS", "The arguments are larger than " + MOST_BYTES + " bytes.");
        }
        var wrong = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(MAPPER.readTree(Json.write(tool.schema())))
                .validate(MAPPER.readTree(Json.write(call.arguments())))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .limit(10)
                .collect(Collectors.joining("; "));
        return wrong.isEmpty()
                ? null
                : new StepError("INVALID_ARGUMENTS", "The arguments do not fit the tool: " + wrong + ".");
    }
}
