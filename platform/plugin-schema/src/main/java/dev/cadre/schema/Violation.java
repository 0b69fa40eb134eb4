package dev.cadre.schema;

/**
 * One wrong place of an input.
 *
 * @param pointer JSON pointer, as {@code /headers/0}; empty for the whole input
 * @param message what is wrong, as {@code is required}
 */
public record Violation(String pointer, String message) {

    static String pointer(String parent, Object name) {
        return parent + "/" + name.toString().replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return pointer.isEmpty() ? message : pointer.substring(1).replace('/', '.') + " " + message;
    }
}
