package dev.cadre.platform.run.internal.engine;

import java.util.Optional;

/**
 * Ids of what {@link EngineModel} draws besides the workflow's own elements. They hold a character twice that no id of a
 * workflow holds twice, so they never meet one.
 */
final class Drawn {

    private static final String MARK = "\u00b7\u00b7";

    private Drawn() {}

    static String body(String id) {
        return id + MARK + "body";
    }

    static String in(String id) {
        return id + MARK + "in";
    }

    static String out(String id) {
        return id + MARK + "out";
    }

    static String flow(String id) {
        return id + MARK + "flow";
    }

    /** One item of a for-each that may fail alone. */
    static String item(String id) {
        return id + MARK + "item";
    }

    static String caught(String id) {
        return id + MARK + "caught";
    }

    /** Where the token of a failed item ends. */
    static String failed(String id) {
        return id + MARK + "failed";
    }

    /** The group whose item failed, when its token comes to an end that {@link #failed} names. */
    static Optional<String> groupOfFailed(String id) {
        int mark = id.indexOf(MARK + "failed");
        return mark < 0 ? Optional.empty() : Optional.of(id.substring(0, mark));
    }

    /** The group whose item, or call, is done when its token comes to an end that {@link #out} names. */
    static Optional<String> groupOfDone(String id) {
        int mark = id.indexOf(MARK + "item" + MARK + "out");
        return mark < 0 ? Optional.empty() : Optional.of(id.substring(0, mark));
    }

    static boolean isDrawn(String id) {
        return id.contains(MARK);
    }
}
