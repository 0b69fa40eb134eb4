package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ToolSchema;
import dev.cadre.spi.agent.Message;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of tools as every provider accepts them (a letter or underscore, then letters, digits, {@code _} and {@code -}, at most
 * 64), and the way back. The same request always gives the same names.
 */
final class ToolNames {

    private static final int LONGEST = 64;

    private final Map<String, String> legal = new HashMap<>();
    private final Map<String, String> ours = new HashMap<>();

    ToolNames(ModelRequest request) {
        request.tools().stream().map(ToolSchema::name).forEach(this::add);
        for (var message : request.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> add(call.tool()));
            } else if (message instanceof Message.ToolResult result) {
                add(result.tool());
            }
        }
    }

    private void add(String name) {
        if (legal.containsKey(name)) {
            return;
        }
        var plain = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        if (!plain.matches("[a-zA-Z_].*")) {
            plain = "_" + plain;
        }
        var candidate = cut(plain, LONGEST);
        for (int number = 2; ours.containsKey(candidate); number++) {
            var suffix = "_" + number;
            candidate = cut(plain, LONGEST - suffix.length()) + suffix;
        }
        legal.put(name, candidate);
        ours.put(candidate, name);
    }

    String legal(String name) {
        return legal.getOrDefault(name, name);
    }

    /** A name that the model made up stays as it is: the agent tells it that there is no such tool. */
    String ours(String name) {
        return ours.getOrDefault(name, name);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
