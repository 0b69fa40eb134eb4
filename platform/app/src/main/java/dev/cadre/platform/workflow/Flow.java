package dev.cadre.platform.workflow;

import org.jspecify.annotations.Nullable;

/** A sequence flow; {@code condition} is null where it is always taken. */
public record Flow(
        String id, String source, String target, @Nullable Expression condition) {}
