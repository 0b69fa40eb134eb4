package dev.cadre.platform.model.internal;

import dev.cadre.spi.agent.Message;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the demo model says when it has called all that it wants to call. */
final class DemoAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CLASSIFY =
            Pattern.compile("(?i)\\b(?:classify|categori[sz]e|label)\\b[^:\\n]*:\\s*([^.\\n]+)");
    private static final Pattern FIELDS = Pattern.compile("(?i)\\bjson\\b[^:\\n]*?\\bfields?:?\\s+([^.\\n]+)");
    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]+[.!?]?");

    /** What people write about when they mean one of the usual classes. */
    private static final Map<String, List<String>> HINTS = Map.of(
            "billing",
                    List.of(
                            "invoice",
                            "charge",
                            "charged",
                            "refund",
                            "payment",
                            "paid",
                            "card",
                            "price",
                            "bill",
                            "twice",
                            "subscription"),
            "technical",
                    List.of(
                            "error",
                            "crash",
                            "crashes",
                            "bug",
                            "broken",
                            "login",
                            "password",
                            "fails",
                            "failed",
                            "slow",
                            "install",
                            "500"),
            "sales", List.of("buy", "quote", "demo", "pricing", "purchase", "upgrade", "offer"),
            "shipping", List.of("delivery", "package", "parcel", "tracking", "shipped", "arrive", "arrived"),
            "urgent", List.of("urgent", "immediately", "asap", "down", "emergency", "critical"),
            "high", List.of("urgent", "immediately", "asap", "down", "emergency", "critical"),
            "negative", List.of("bad", "angry", "terrible", "disappointed", "unhappy", "broken", "worst"),
            "positive", List.of("great", "thanks", "love", "excellent", "happy", "good"));

    private DemoAnswer() {}

    static String compose(DemoTalk talk) {
        var fields = fields(talk.everything());
        if (!fields.isEmpty()) {
            return json(talk, fields);
        }
        var classes = classes(talk.everything());
        if (!classes.isEmpty()) {
            return classify(talk.message(), classes);
        }
        if (asks(talk, "summar")) {
            return summary(talk.message());
        }
        if (asks(talk, "reply") || asks(talk, "respond") || asks(talk, "draft")) {
            return reply(talk);
        }
        if (!talk.results().isEmpty()) {
            return results(talk);
        }
        return "This is the demo model. I read: " + summary(talk.message());
    }

    private static boolean asks(DemoTalk talk, String stem) {
        return talk.everything().toLowerCase(Locale.ROOT).contains(stem);
    }

    static List<String> fields(String text) {
        var matcher = FIELDS.matcher(text);
        return matcher.find() ? names(matcher.group(1)) : List.of();
    }

    private static List<String> classes(String text) {
        var matcher = CLASSIFY.matcher(text);
        return matcher.find() ? names(matcher.group(1)) : List.of();
    }

    /** Names apart by comma, {@code and} or {@code or}; what stands in brackets describes them. */
    private static List<String> names(String list) {
        return Arrays.stream(list.replaceAll("\\([^)]*\\)", "").split(",|\\band\\b|\\bor\\b"))
                .map(name -> name.replaceAll("[^\\p{L}\\p{N}_ -]", "").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String classify(String message, List<String> classes) {
        var words = DemoModel.words(message);
        String best = classes.getLast();
        long most = 0;
        for (var name : classes) {
            var lower = name.toLowerCase(Locale.ROOT);
            var hints = HINTS.getOrDefault(lower, List.of());
            long score = words.stream()
                    .filter(word -> word.equals(lower) || hints.contains(word))
                    .count();
            if (score > most) {
                most = score;
                best = name;
            }
        }
        return best;
    }

    private static String json(DemoTalk talk, List<String> fields) {
        var values = new LinkedHashMap<String, Object>();
        for (var field : fields) {
            values.put(field, field(talk, field));
        }
        return JSON.writeValueAsString(values);
    }

    private static Object field(DemoTalk talk, String field) {
        var lower = field.toLowerCase(Locale.ROOT);
        var found = resultField(talk.results(), field);
        if (found.isPresent()) {
            return found.get();
        }
        var classes = classes(talk.everything());
        if (List.of("category", "class", "label", "topic", "type").contains(lower)) {
            return classify(talk.message(), classes.isEmpty() ? List.of("billing", "technical", "other") : classes);
        }
        if (lower.equals("priority") || lower.equals("urgency")) {
            return classify(talk.message(), List.of("high", "normal"));
        }
        if (lower.equals("sentiment")) {
            return classify(talk.message(), List.of("negative", "positive", "neutral"));
        }
        if (lower.contains("reply") || lower.contains("answer") || lower.contains("response")) {
            return reply(talk);
        }
        if (lower.contains("summary")) {
            return summary(talk.message());
        }
        return DemoTools.said(field, talk.message()).orElseGet(() -> summary(talk.message()));
    }

    private static Optional<Object> resultField(List<Message.ToolResult> results, String field) {
        return results.stream()
                .filter(result -> !result.failed())
                .map(DemoAnswer::values)
                .filter(values -> values.containsKey(field))
                .map(values -> (Object) values.get(field))
                .filter(value -> value != null)
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> values(Message.ToolResult result) {
        int start = result.content().indexOf('{');
        int end = result.content().lastIndexOf('}');
        if (start < 0 || end < start) {
            return Map.of();
        }
        try {
            return JSON.readValue(result.content().substring(start, end + 1), Map.class);
        } catch (JacksonException e) {
            return Map.of();
        }
    }

    private static String results(DemoTalk talk) {
        return talk.results().stream().map(DemoAnswer::result).collect(Collectors.joining(" "));
    }

    private static String result(Message.ToolResult result) {
        if (result.failed()) {
            return "The tool " + result.tool() + " failed: " + summary(result.content());
        }
        var values = values(result);
        var shown = values.size() == 1
                ? String.valueOf(values.values().iterator().next())
                : values.isEmpty() ? summary(result.content()) : JSON.writeValueAsString(values);
        return "The result of " + result.tool() + " is " + shown + ".";
    }

    private static String reply(DemoTalk talk) {
        var found = talk.results().isEmpty() ? "" : " " + results(talk);
        return "Thank you for your message. We have understood: " + summary(talk.message()) + found
                + " We will take care of it and come back to you shortly.";
    }

    /** The first two sentences, at most 300 characters. */
    private static String summary(String text) {
        var sentences = SENTENCE.matcher(text.strip())
                .results()
                .limit(2)
                .map(match -> match.group().strip());
        var joined = sentences.collect(Collectors.joining(" "));
        return joined.length() <= 300 ? joined : joined.substring(0, 299) + "…";
    }
}
