package dev.cadre.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading an input: the record, or everything that is wrong with it. */
public record Reading<T extends Record>(@Nullable T value, List<Violation> violations) {}
