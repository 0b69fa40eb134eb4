package dev.cadre.platform.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code nextCursor} is null at the end. */
public record PageOf<T>(List<T> items, @Nullable String nextCursor) {}
