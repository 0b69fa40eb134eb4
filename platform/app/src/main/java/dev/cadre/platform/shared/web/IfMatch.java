package dev.cadre.platform.shared.web;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The revision a caller read before changing it. As parameter of a controller method it makes the header {@code
 * If-Match} required (428 without it); as {@code Optional<IfMatch>} it may be missing.
 *
 * @param tags the entity tags without quotes; {@code *} matches every revision
 */
public record IfMatch(List<String> tags) {

    private static final Pattern HEADER =
            Pattern.compile("\\s*(?:\\*|(?:W/)?\"[^\"]*\"(?:\\s*,\\s*(?:W/)?\"[^\"]*\")*)\\s*");

    static @Nullable IfMatch of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        if (!HEADER.matcher(header).matches()) {
            throw RequestException.ifMatchMalformed();
        }
        // a weak tag never matches: what it names need not be the same byte for byte
        return new IfMatch(Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(tag -> !tag.startsWith("W/"))
                .map(tag -> tag.replace("\"", ""))
                .toList());
    }

    /** Throws (412) unless this names the current revision. */
    public void check(long current) {
        if (!tags.contains("*") && !tags.contains(Long.toString(current))) {
            throw RequestException.stale();
        }
    }

    /**
     * The answer to an update that found another revision than the one that was checked before: somebody was faster.
     */
    public static RuntimeException stale() {
        return RequestException.stale();
    }

    /** A revision as {@code ETag}. */
    public static String tag(long revision) {
        return "\"" + revision + "\"";
    }
}
