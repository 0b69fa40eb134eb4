package dev.cadre.platform.run.internal.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Who decided, as it stands in the output of an approval. */
final class DecidedBy {

    private static final String BY = "decidedBy";
    private static final Pattern REJECTED = Pattern.compile("Rejected by .*? <[^>]*>");

    private DecidedBy() {}

    static boolean is(String output, String user) {
        return Json.readMap(output).get(BY) instanceof Map<?, ?> by && user.equals(by.get("id"));
    }

    /** The error of what somebody has rejected, without their name. */
    static String withoutName(String error) {
        var copy = new LinkedHashMap<>(Json.readMap(error));
        if ("REJECTED".equals(copy.get("code")) && copy.get("message") instanceof String message) {
            copy.put("message", REJECTED.matcher(message).replaceFirst("Rejected by an erased person"));
        }
        return Json.text(copy);
    }

    /** What a task came to while its run is paused, in which nobody is named. */
    @SuppressWarnings("unchecked")
    static String heldErased(String held, String user) {
        var copy = new LinkedHashMap<>(Json.readMap(held));
        if (copy.get("output") instanceof Map<?, ?> output) {
            copy.put("output", Json.readMap(erased(Json.text((Map<String, Object>) output), user)));
        }
        if (copy.get("error") instanceof Map<?, ?> error) {
            copy.put("error", Json.readMap(withoutName(Json.text((Map<String, Object>) error))));
        }
        return Json.text(copy);
    }

    /** The same output, in which nobody is named. */
    static String erased(String output, String user) {
        var copy = new LinkedHashMap<>(Json.readMap(output));
        copy.put(BY, Map.of("id", user, "name", "Erased person", "email", ""));
        return Json.text(copy);
    }
}
