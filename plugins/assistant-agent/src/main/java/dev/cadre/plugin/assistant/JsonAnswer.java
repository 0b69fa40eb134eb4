package dev.cadre.plugin.assistant;

import dev.cadre.spi.StepException.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the JSON object in a model's answer, which likes to wrap it in words or fences. A plugin brings no JSON library. */
final class JsonAnswer {

    private final String text;
    private int at;

    private JsonAnswer(String text, int at) {
        this.text = text;
        this.at = at;
    }

    static Map<String, Object> read(String answer) {
        for (int start = answer.indexOf('{'); start >= 0; start = answer.indexOf('{', start + 1)) {
            try {
                return new JsonAnswer(answer, start).object(0);
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                // Not here: words may hold braces too.
            }
        }
        throw new Rejected(
                "AGENT_ANSWER_NOT_JSON", "The model did not answer with the JSON object that was asked for.");
    }

    private @Nullable Object value(int depth) {
        if (depth > 50) {
            throw new IllegalArgumentException("nested too deeply");
        }
        space();
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        var object = new LinkedHashMap<String, Object>();
        expect('{');
        if (next('}')) {
            return object;
        }
        do {
            space();
            var name = string();
            expect(':');
            object.put(name, value(depth + 1));
        } while (next(','));
        expect('}');
        return object;
    }

    private List<Object> array(int depth) {
        var array = new ArrayList<Object>();
        expect('[');
        if (next(']')) {
            return array;
        }
        do {
            array.add(value(depth + 1));
        } while (next(','));
        expect(']');
        return array;
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            string.append(c == '\\' ? escape() : c);
        }
        return string.toString();
    }

    private char escape() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> c;
        };
    }

    private Number number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var digits = text.substring(start, at);
        if (digits.matches("-?\\d{1,18}")) {
            return Long.parseLong(digits);
        }
        return Double.parseDouble(digits);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw new IllegalArgumentException("no JSON");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        space();
        if (text.charAt(at++) != c) {
            throw new IllegalArgumentException("no JSON");
        }
    }

    private boolean next(char c) {
        space();
        if (text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** JSON text of a JSON value. */
    static String write(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String string -> quoted(string);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + write(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(JsonAnswer::write).collect(Collectors.joining(",", "[", "]"));
            default -> value.toString();
        };
    }

    private static String quoted(String string) {
        return "\""
                + string.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "\"";
    }
}
