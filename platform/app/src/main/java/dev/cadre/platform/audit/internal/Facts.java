package dev.cadre.platform.audit.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the log keeps of a state before or after a change: short, and nothing that sounds like a secret. */
final class Facts {

    static final String HIDDEN = "(hidden)";

    private static final int MAX_TEXT = 500;
    private static final int MAX_FACTS = 50;
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|passphrase|secret|token|credential|api-?_?key|private-?_?key).*");

    private Facts() {}

    /** What is in {@code these} and not the same in {@code others}. */
    static Map<String, @Nullable Object> different(Map<String, ?> these, Map<String, ?> others) {
        var kept = new LinkedHashMap<String, @Nullable Object>();
        these.forEach((name, value) -> {
            boolean same = others.containsKey(name) && Objects.deepEquals(value, others.get(name));
            if (!same && kept.size() < MAX_FACTS) {
                kept.put(name, plain(name, value));
            }
        });
        return kept;
    }

    /** A second line: services leave secrets out by themselves. */
    private static @Nullable Object plain(String name, @Nullable Object value) {
        if (value instanceof Boolean || value instanceof Number || value == null) {
            return value;
        }
        if (SECRET.matcher(name).matches()) {
            return HIDDEN;
        }
        if (value instanceof Map<?, ?> map) {
            var inner = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, each) -> inner.put(String.valueOf(key), plain(String.valueOf(key), each)));
            return inner;
        }
        if (value instanceof CharSequence text) {
            return text.length() > MAX_TEXT ? text.subSequence(0, MAX_TEXT) + "…" : text.toString();
        }
        return value;
    }
}
