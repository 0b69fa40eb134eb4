package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ToolSchema;
import dev.cadre.spi.agent.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which tools the demo model calls: those that the text names, and the calculator for arithmetic. */
final class DemoTools {

    private static final Pattern ARITHMETIC =
            Pattern.compile("\\(*-?\\d+(?:\\.\\d+)?\\)*(?:\\s*[-+*/×]\\s*\\(*-?\\d+(?:\\.\\d+)?\\)*)+");
    /** Dates and telephone numbers look like subtractions. */
    private static final Pattern NOT_ARITHMETIC = Pattern.compile("\\d+(?:-\\d+){2,}|\\d+-\\d+");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>)]+");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.]*\\w");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|“([^”]+)”");

    private DemoTools() {}

    static List<Message.ToolCall> choose(DemoTalk talk, List<ToolSchema> tools) {
        var calls = new ArrayList<Message.ToolCall>();
        for (var tool : tools) {
            if (talk.called().contains(tool.name())) {
                continue;
            }
            arguments(talk, tool)
                    .ifPresent(arguments -> calls.add(DemoModel.toolCall(
                            tool.name(), arguments, talk.called().size() + calls.size())));
        }
        return calls;
    }

    /** Empty when the text gives no reason to call it, or not what it requires. */
    private static Optional<Map<String, Object>> arguments(DemoTalk talk, ToolSchema tool) {
        var step = tool.name().replaceFirst("@.*", "");
        if (step.contains("calculator")) {
            var sum = arithmetic(talk.message());
            if (sum.isPresent()) {
                return Optional.of(Map.of(textField(tool), sum.get()));
            }
            return Optional.empty();
        }
        if (!named(talk.everything(), step)) {
            return Optional.empty();
        }
        var arguments = new LinkedHashMap<String, Object>();
        var required = tool.schema().get("required") instanceof List<?> list ? list : List.of();
        for (var entry : properties(tool).entrySet()) {
            boolean needed = required.contains(entry.getKey());
            var value = value(entry.getKey(), entry.getValue(), talk, needed);
            if (value.isPresent()) {
                arguments.put(entry.getKey(), value.get());
            } else if (needed) {
                return Optional.empty();
            }
        }
        return Optional.of(arguments);
    }

    static Optional<String> arithmetic(String text) {
        var matcher = ARITHMETIC.matcher(text);
        while (matcher.find()) {
            if (!NOT_ARITHMETIC.matcher(matcher.group()).matches()) {
                return Optional.of(matcher.group().replace('×', '*').strip());
            }
        }
        return Optional.empty();
    }

    /** {@code http-request}, {@code http request} and {@code http_request} all name it. */
    private static boolean named(String text, String step) {
        var pattern = Pattern.quote(step).replace("-", "\\E[-_ ]\\Q");
        return Pattern.compile("(?<![\\w-])" + pattern + "(?![\\w-])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    private static String textField(ToolSchema tool) {
        var properties = properties(tool);
        return properties.containsKey("expression") || properties.isEmpty()
                ? "expression"
                : properties.keySet().iterator().next();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> properties(ToolSchema tool) {
        return tool.schema().get("properties") instanceof Map<?, ?> map
                ? (Map<String, Map<String, Object>>) map
                : Map.of();
    }

    private static Optional<Object> value(String name, Map<String, Object> schema, DemoTalk talk, boolean needed) {
        var said = said(name, talk.message()).or(() -> said(name, talk.instructions()));
        if (schema.get("enum") instanceof List<?> choices) {
            var words = DemoModel.words(said.orElse(talk.message()));
            return choices.stream()
                    .map(Object.class::cast)
                    .filter(choice -> words.contains(choice.toString().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .or(() -> needed ? choices.stream().map(Object.class::cast).findFirst() : Optional.empty());
        }
        var type = String.valueOf(schema.get("type"));
        if (type.contains("integer") || type.contains("number")) {
            return said.or(() -> needed ? Optional.of(talk.message()) : Optional.empty())
                    .flatMap(text -> number(text, type.contains("integer")));
        }
        if (type.contains("boolean")) {
            return said.map(Boolean::valueOf);
        }
        return type.contains("string") ? text(name, said, talk, needed).map(Object.class::cast) : Optional.empty();
    }

    private static Optional<Object> number(String text, boolean whole) {
        return first(NUMBER, text)
                .map(digits -> whole ? (Object) (long) Double.parseDouble(digits) : new java.math.BigDecimal(digits));
    }

    private static Optional<String> text(String name, Optional<String> said, DemoTalk talk, boolean needed) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("url") || lower.contains("uri")) {
            return first(URL, talk.message()).or(() -> first(URL, talk.instructions()));
        }
        if (lower.contains("email") || lower.equals("to")) {
            return first(EMAIL, talk.message()).or(() -> first(EMAIL, talk.instructions()));
        }
        if (said.isPresent() || !needed) {
            return said;
        }
        var quoted = QUOTED.matcher(talk.message());
        if (quoted.find()) {
            return Optional.of(quoted.group(1) != null ? quoted.group(1) : quoted.group(2));
        }
        return Optional.of(talk.message().strip()).filter(text -> !text.isEmpty());
    }

    /** {@code name: value}, {@code name = "value"} or {@code name "value"}. */
    static Optional<String> said(String name, String text) {
        var spaced = name.replaceAll("([a-z])([A-Z])", "$1[ _-]?$2");
        var matcher = Pattern.compile("(?i)(?<![\\w-])\"?" + spaced
                        + "\"?\\s*(?:[:=]\\s*(?:\"([^\"]*)\"|([^\\n,;]+))|\\s\"([^\"]*)\")")
                .matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group).strip());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
