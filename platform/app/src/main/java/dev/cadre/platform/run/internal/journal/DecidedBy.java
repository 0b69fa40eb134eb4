package dev.cadre.platform.run.internal.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who decided, as it stands in the output of an approval. */
final class DecidedBy {

    private static final String BY = "decidedBy";

    private DecidedBy() {}

    static boolean is(String output, String user) {
        return Json.readMap(output).get(BY) instanceof Map<?, ?> by && user.equals(by.get("id"));
    }

    /** The same output, in which nobody is named. */
    static String erased(String output, String user) {
        var copy = new LinkedHashMap<>(Json.readMap(output));
        copy.put(BY, Map.of("id", user, "name", "Erased person", "email", ""));
        return Json.text(copy);
    }
}
