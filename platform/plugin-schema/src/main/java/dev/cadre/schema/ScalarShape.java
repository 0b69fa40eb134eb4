package dev.cadre.schema;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value without parts. The reader throws {@link Unfit} when a JSON value does not fit. */
record ScalarShape(Function<Object, Object> reader, Function<Object, Object> writer) implements Shape {

    @Override
    public @Nullable Object read(Object json, String parent, Object name, List<Violation> violations) {
        try {
            return reader.apply(json);
        } catch (Unfit unfit) {
            return Shape.refuse(violations, parent, name, unfit.getMessage());
        }
    }

    @Override
    public Object write(Object value) {
        return writer.apply(value);
    }

    /** Says what a value must be. Costs no stack trace. */
    static final class Unfit extends RuntimeException {
        Unfit(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
