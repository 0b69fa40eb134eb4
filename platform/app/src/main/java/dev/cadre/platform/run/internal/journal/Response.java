package dev.cadre.platform.run.internal.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code respond} step says to the HTTP caller who waits. */
public record Response(
        int status, Map<String, String> headers, @Nullable Object body) {}
