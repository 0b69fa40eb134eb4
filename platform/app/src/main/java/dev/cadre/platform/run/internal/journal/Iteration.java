package dev.cadre.platform.run.internal.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of the way into nested for-each: {@code orders[2]/lines[0]} is {@code lines} at 0 inside {@code orders[2]}.
 *
 * @param path up to and including this step
 */
record Iteration(String path, String outer, String elementId, int index) {

    /** From the outermost to the innermost; empty outside of any for-each. */
    static List<Iteration> nested(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        var steps = new ArrayList<Iteration>();
        String outer = "";
        for (int from = 0; from < path.length(); ) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            int bracket = path.lastIndexOf('[', end);
            var here = path.substring(0, end);
            steps.add(new Iteration(
                    here, outer, path.substring(from, bracket), Integer.parseInt(path, bracket + 1, end - 1, 10)));
            outer = here;
            from = end + 1;
        }
        return steps;
    }

    static String child(String outer, String elementId, int index) {
        var segment = elementId + "[" + index + "]";
        return outer.isEmpty() ? segment : outer + "/" + segment;
    }

    String loopKey() {
        return elementId + "@" + outer;
    }
}
