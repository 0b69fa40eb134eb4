package dev.cadre.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the JSON values of one Java type. Compiled once, so that a call costs no reflection and no text
 * unless something is wrong.
 */
interface Shape {

    /**
     * The Java value of a JSON value; null after a violation was noted.
     *
     * @param parent the pointer of what holds the value
     * @param name the value's own name or index there
     */
    @Nullable
    Object read(Object json, String parent, Object name, List<Violation> violations);

    /** The JSON value of a Java value. */
    Object write(Object value);

    /** Notes a violation and returns null, for use in a return statement. */
    static @Nullable Object refuse(List<Violation> violations, String parent, Object name, String message) {
        violations.add(new Violation(Violation.pointer(parent, name), message));
        return null;
    }
}
