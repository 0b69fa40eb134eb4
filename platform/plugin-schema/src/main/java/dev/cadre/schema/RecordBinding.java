package dev.cadre.schema;

import dev.cadre.spi.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One record type as the outside sees it: its JSON Schema, the way from JSON values to a valid record and back. Compiled
 * once; used by any number of threads.
 */
public final class RecordBinding<T extends Record> {

    private final Class<T> type;
    private final RecordShape shape;
    private final Map<String, Object> schema;

    RecordBinding(Class<T> type, RecordShape shape, Map<String, Object> schema) {
        this.type = type;
        this.shape = shape;
        this.schema = schema;
    }

    public Class<T> type() {
        return type;
    }

    /** JSON Schema 2020-12 as JSON values. Not to be changed. */
    public Map<String, Object> schema() {
        return schema;
    }

    /** The names of the components that are secrets. */
    public List<String> secrets() {
        return Shapes.secretsOf(type);
    }

    /**
     * Reads and validates an input.
     *
     * @throws StepException.Rejected {@code INVALID_INPUT}, with everything that is wrong named
     */
    public T read(Map<String, ? extends @Nullable Object> values) {
        var reading = tryRead(values);
        var value = reading.value();
        if (value == null) {
            throw new StepException.Rejected(
                    "INVALID_INPUT",
                    reading.violations().stream()
                            .map(Violation::toString)
                            .collect(Collectors.joining("; ", "The input does not fit: ", ".")));
        }
        return value;
    }

    /** Reads and validates an input, and tells what is wrong instead of throwing. */
    public Reading<T> tryRead(Map<String, ? extends @Nullable Object> values) {
        var violations = new ArrayList<Violation>(0);
        var value = shape.readObject(values, "", violations);
        return new Reading<>(violations.isEmpty() ? type.cast(value) : null, violations);
    }

    /**
     * The record as JSON values, absent components as null and secrets masked.
     *
     * @throws StepException.Rejected {@code INVALID_OUTPUT} for what JSON does not have
     */
    public Map<String, Object> write(T value) {
        return shape.write(value);
    }
}
