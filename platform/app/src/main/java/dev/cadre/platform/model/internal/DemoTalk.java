package dev.cadre.platform.model.internal;

import dev.cadre.spi.agent.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the demo model understood of a conversation.
 *
 * @param called names of the tools that were called since the last user message
 */
record DemoTalk(String instructions, String message, List<Message.ToolResult> results, Set<String> called) {

    static DemoTalk of(List<Message> messages) {
        var instructions = new ArrayList<String>();
        var message = "";
        var results = new ArrayList<Message.ToolResult>();
        var called = new HashSet<String>();
        for (var entry : messages) {
            switch (entry) {
                case Message.System system -> instructions.add(system.text());
                case Message.User user -> {
                    message = user.text();
                    results.clear();
                    called.clear();
                }
                case Message.Assistant assistant -> assistant.toolCalls().forEach(call -> called.add(call.tool()));
                case Message.ToolResult result -> results.add(result);
            }
        }
        return new DemoTalk(String.join("\n", instructions), message, List.copyOf(results), Set.copyOf(called));
    }

    /** Instructions and message together, in which an order may stand. */
    String everything() {
        return instructions + "\n" + message;
    }
}
